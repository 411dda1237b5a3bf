package io.sallyport.dp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.SeededEntropy;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sallyport.dp");

  private static final JavaClasses WITH_TESTS =
      new ClassFileImporter().importPackages("io.sallyport.dp");

  private static final ArchRule JDK_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax.crypto..", "io.sallyport.dp..");

  private static final ArchRule NO_WEAK_RANDOMNESS =
      noClasses()
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "are generators other than SecureRandom",
                  (JavaClass c) ->
                      c.isEquivalentTo(Random.class)
                          || c.isEquivalentTo(ThreadLocalRandom.class)
                          || c.isEquivalentTo(SplittableRandom.class)
                          || c.isEquivalentTo(RandomGenerator.class)))
          .orShould()
          .callMethod(Math.class, "random");

  @Test
  void main_dependsOnTheJdkOnly() {
    JDK_ONLY.check(MAIN);
  }

  @Test
  void main_usesNoWeakRandomness() {
    NO_WEAK_RANDOMNESS.check(MAIN);
  }

  @Test
  void weakRandomnessRule_onTheSeededSource_fails() {
    assertThatThrownBy(() -> NO_WEAK_RANDOMNESS.check(WITH_TESTS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("SeededEntropy");
  }

  @Test
  void secureRandom_isUsedWhereKeysAreDrawnAndNowhereElse() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("AesCtrEntropy")
        .and()
        .haveSimpleNameNotStartingWith("ReleaseSecret")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.SecureRandom")
        .check(MAIN);
  }

  @Test
  void entropySources_inProduction_areTheTwoKeyedOnes() {
    Set<JavaClass> sources = MAIN.get(EntropySource.class).getAllSubclasses();
    assertThat(sources)
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder("AesCtrEntropy", "KeyedEntropy");
    assertThat(WITH_TESTS.get(EntropySource.class).getAllSubclasses())
        .contains(WITH_TESTS.get(SeededEntropy.class));
  }

  @Test
  void entropySources_cannotBeBuiltOutsideTheirPackage() {
    assertThat(MAIN.get(EntropySource.class).getConstructors())
        .noneMatch(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
        .noneMatch(c -> c.getModifiers().contains(JavaModifier.PROTECTED));
  }

  @Test
  void packages_areFreeOfCycles() {
    SlicesRuleDefinition.slices()
        .matching("io.sallyport.dp.(*)..")
        .should()
        .beFreeOfCycles()
        .check(MAIN);
  }
}
