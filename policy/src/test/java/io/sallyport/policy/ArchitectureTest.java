package io.sallyport.policy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
  void module_dependsOnlyOnTheJdkPrivacyLossTwoParsersAndDatabases() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.sql..",
            "io.sallyport.policy..",
            "io.sallyport.dp..",
            "com.fasterxml.jackson..",
            "org.yaml.snakeyaml..",
            "com.zaxxer.hikari..",
            "org.flywaydb..",
            "org.h2..",
            "org.postgresql..")
        .check(CLASSES);
  }

  @Test
  void databases_areKnownOnlyToTheStore_andSqlOnlyToWhoKeepsRowsInIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.sql..", "com.zaxxer.hikari..", "org.flywaydb..", "org.h2..", "org.postgresql..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "store..", ROOT + "request..", ROOT + "artifact..", ROOT + "ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.sql..")
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
    "text, text|text",
    "principal, principal|principal",
    "rule, rule|principal",
    "frame, frame|rule|principal",
    "question, question|frame|principal|rule|decision",
    "decision, decision|question|frame|rule|principal|text",
    "files, files",
    "audit, audit|text|files",
    "store, store|audit|files",
    "artifact, artifact|request|frame|store",
    "request, request|artifact|frame|principal|store",
    "ledger, ledger|frame|principal|store",
    "notify, notify|request|frame",
    "advice, advice|frame|rule|ledger",
    "settings, settings|frame|rule|principal|request|store",
  })
  void package_dependsOnlyOnTheStationsBeforeIt(String name, String allowed) {
    String[] packages =
        ("java..|javax.sql..|com.fasterxml.jackson..|org.yaml.snakeyaml..|com.zaxxer.hikari..|"
                + "org.flywaydb..|org.h2..|org.postgresql..|io.sallyport.dp..|"
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

  /**
   * The two arrows against the road: an objection says with which code it would be refused, and a
   * request is filed together with its artifact, which is about the same question.
   */
  @Test
  void packages_areFreeOfCycles_butForAnObjectionsCodeAndARequestsArtifact() {
    slices()
        .matching("io.sallyport.policy.(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(Objection.class, RefusalCode.class)
        .ignoreDependency(resideInAPackage(ROOT + "request"), resideInAPackage(ROOT + "artifact"))
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
