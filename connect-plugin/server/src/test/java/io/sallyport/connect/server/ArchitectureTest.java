package io.sallyport.connect.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom, and what nobody may. */
@AnalyzeClasses(
    packagesOf = ArchitectureTest.class,
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule STATIONS_FOLLOW_THE_WAY_OF_A_CALL =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("proto")
          .definedBy("..server.proto..")
          .layer("egress")
          .definedBy("..server.egress..")
          .layer("gate")
          .definedBy("..server.gate..")
          .layer("log")
          .definedBy("..server.log..")
          .layer("health")
          .definedBy("..server.health..")
          .layer("relation")
          .definedBy("..server.relation..")
          .layer("plugin")
          .definedBy("..server.plugin..")
          .layer("endpoint")
          .definedBy("..server.server..")
          .whereLayer("endpoint")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("plugin")
          .mayOnlyBeAccessedByLayers("endpoint")
          .whereLayer("gate")
          .mayOnlyBeAccessedByLayers("plugin", "endpoint", "health")
          .whereLayer("log")
          .mayOnlyBeAccessedByLayers("plugin")
          .whereLayer("health")
          .mayOnlyBeAccessedByLayers("plugin", "endpoint")
          .whereLayer("relation")
          .mayOnlyBeAccessedByLayers("plugin")
          .whereLayer("egress")
          .mayOnlyBeAccessedByLayers("gate")
          .whereLayer("proto")
          .mayOnlyBeAccessedByLayers("gate", "relation");

  @ArchTest
  static final ArchRule NO_STATE_OUTLIVES_A_SPARK_CONTEXT =
      fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule RELOCATED_GRPC_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "com.google.rpc..");

  @ArchTest
  static final ArchRule PUBLIC_TYPES_ARE_FINAL =
      classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
