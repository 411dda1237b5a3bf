package io.sallyport.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.question.Objection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directions of this module: who may know whom. */
final class ArchitectureTest {
  private static final String ROOT = "io.sallyport.policy.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sallyport.policy");

  @Test
  void module_dependsOnlyOnTheJdkAndTwoParsers() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "io.sallyport.policy..", "com.fasterxml.jackson..", "org.yaml.snakeyaml..")
        .check(CLASSES);
  }

  @Test
  void parsers_areKnownOnlyWhereTextsAreRead() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "audit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "settings..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.yaml.snakeyaml..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "principal, principal|principal",
    "rule, rule|principal",
    "frame, frame|rule",
    "question, question|frame|principal|rule|decision",
    "decision, decision|question|frame|rule|principal",
    "audit, audit|audit",
    "settings, settings|frame|rule|principal",
  })
  void package_dependsOnlyOnTheStationsBeforeIt(String name, String allowed) {
    String[] packages =
        ("java..|com.fasterxml.jackson..|org.yaml.snakeyaml..|"
                + ROOT
                + allowed.replace("|", "|" + ROOT))
            .split("\\|");
    classes()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(CLASSES);
  }

  /** The one arrow against the road: an objection says with which code it would be refused. */
  @Test
  void packages_areFreeOfCycles_butForTheCodeOfAnObjection() {
    slices()
        .matching("io.sallyport.policy.(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(Objection.class, RefusalCode.class)
        .check(CLASSES);
  }

  @Test
  void state_isNeverStaticAndMutable() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @Test
  void decision_knowsNoClockNoFileAndNoRandomness() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "decision..", ROOT + "question..", ROOT + "rule..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.time..", "java.io..", "java.nio..", "java.security..")
        .check(CLASSES);
  }
}
