package io.sallyport.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One road, one direction: seal, admission, labels, release, answer; nobody calls backwards. */
@AnalyzeClasses(
    packages = "io.sallyport.spark",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule stations =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("scala")
          .definedBy("io.sallyport.spark.scala..")
          .layer("regex")
          .definedBy("io.sallyport.spark.regex..")
          .layer("interrupt")
          .definedBy("io.sallyport.spark.interrupt..")
          .layer("rows")
          .definedBy("io.sallyport.spark.rows..")
          .layer("view")
          .definedBy("io.sallyport.spark.view..")
          .layer("seal")
          .definedBy("io.sallyport.spark.seal..")
          .layer("subquery")
          .definedBy("io.sallyport.spark.subquery..")
          .layer("admission")
          .definedBy("io.sallyport.spark.admission..")
          .layer("bounding")
          .definedBy("io.sallyport.spark.bounding..")
          .layer("certificate")
          .definedBy("io.sallyport.spark.certificate..")
          .layer("label")
          .definedBy("io.sallyport.spark.label..")
          .layer("summary")
          .definedBy("io.sallyport.spark.summary..")
          .layer("crosstab")
          .definedBy("io.sallyport.spark.crosstab..")
          .layer("noise")
          .definedBy("io.sallyport.spark.noise..")
          .layer("frequency")
          .definedBy("io.sallyport.spark.frequency..")
          .layer("relation")
          .definedBy("io.sallyport.spark.relation..")
          .layer("exact")
          .definedBy("io.sallyport.spark.exact..")
          .layer("release")
          .definedBy("io.sallyport.spark.release..")
          .layer("artifact")
          .definedBy("io.sallyport.spark.artifact..")
          .layer("record")
          .definedBy("io.sallyport.spark.record..")
          .layer("answer")
          .definedBy("io.sallyport.spark.answer..")
          .whereLayer("answer")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("record")
          .mayOnlyBeAccessedByLayers("answer")
          .whereLayer("interrupt")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("artifact")
          .mayOnlyBeAccessedByLayers("answer")
          .whereLayer("release")
          .mayOnlyBeAccessedByLayers("record", "answer")
          .whereLayer("noise")
          .mayOnlyBeAccessedByLayers("release", "answer")
          .whereLayer("frequency")
          .mayOnlyBeAccessedByLayers("certificate", "exact")
          .whereLayer("relation")
          .mayOnlyBeAccessedByLayers("certificate", "exact")
          .whereLayer("exact")
          .mayOnlyBeAccessedByLayers("release")
          .whereLayer("label")
          .mayOnlyBeAccessedByLayers(
              "summary", "crosstab", "noise", "exact", "release", "record", "answer")
          .whereLayer("summary")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("crosstab")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("certificate")
          .mayOnlyBeAccessedByLayers("noise", "release")
          .whereLayer("bounding")
          .mayOnlyBeAccessedByLayers("certificate", "noise")
          .whereLayer("admission")
          .mayOnlyBeAccessedByLayers("release", "answer")
          .whereLayer("subquery")
          .mayOnlyBeAccessedByLayers("admission", "label", "noise")
          .whereLayer("view")
          .mayOnlyBeAccessedByLayers("seal", "admission")
          .whereLayer("regex")
          .mayOnlyBeAccessedByLayers("rows", "admission")
          .whereLayer("rows")
          .mayOnlyBeAccessedByLayers(
              "seal",
              "admission",
              "certificate",
              "label",
              "crosstab",
              "exact",
              "release",
              "artifact",
              "answer")
          .whereLayer("seal")
          .mayOnlyBeAccessedByLayers(
              "admission",
              "certificate",
              "label",
              "crosstab",
              "noise",
              "exact",
              "release",
              "answer");

  @ArchTest
  static final ArchRule theCheckerKnowsNothingOfWhatItChecks =
      noClasses()
          .that()
          .resideInAPackage("io.sallyport.spark.certificate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sallyport.spark.admission..",
              "io.sallyport.spark.label..",
              "io.sallyport.spark.noise..",
              "io.sallyport.spark.exact..",
              "io.sallyport.spark.release..",
              "io.sallyport.spark.answer..");

  @ArchTest
  static final ArchRule scalaCollectionsStayInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sallyport.spark.scala..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "scala.jdk..", "scala.collection.mutable..", "scala.collection.convert..");

  @ArchTest
  static final ArchRule onlyTheChamberRunsQueries =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.sallyport.spark.release..", "io.sallyport.spark.seal..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.sql.classic.Dataset");

  @ArchTest
  static final ArchRule nobodyKnowsTheWire =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.sparkproject..", "io.sallyport.connect..");

  @ArchTest
  static final ArchRule everythingIsFinalOrClosed =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
