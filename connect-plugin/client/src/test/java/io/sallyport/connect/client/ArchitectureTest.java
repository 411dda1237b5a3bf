package io.sallyport.connect.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.spark.sql.Dataset;

/** Who may know whom, and what nobody may. */
@AnalyzeClasses(
    packagesOf = ArchitectureTest.class,
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule OURS_IS_THE_PROTOCOL_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sallyport.connect.server..",
              "io.sallyport.policy..",
              "io.sallyport.spark..",
              "io.sallyport.dp..");

  @ArchTest
  static final ArchRule LOCAL_CHECKS_ASK_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("..client.local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sallyport.connect.client",
              "org.apache.spark.sql.connect..",
              "org.sparkproject..",
              "java.net..");

  @ArchTest
  static final ArchRule NO_METHOD_OF_A_FRAME_GIVES_ROWS =
      methods()
          .that()
          .areDeclaredIn(RemoteLazyFrame.class)
          .or()
          .areDeclaredIn(RemoteGroupedFrame.class)
          .and()
          .arePublic()
          .should()
          .notHaveRawReturnType(Dataset.class);

  @ArchTest
  static final ArchRule STATE_DOES_NOT_CHANGE_BEHIND_THE_BACK =
      fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule PUBLIC_TYPES_ARE_CLOSED =
      classes()
          .that()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and()
          .areNotAssignableTo(Refused.class)
          .should()
          .haveModifier(JavaModifier.FINAL);
}
