package io.sallyport.policy.decision;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.rule.Dominance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one way for a rule to hold demands of every row of an answer. A greater requirement, in the
 * order of {@link #implies}, is met by fewer answers; {@link #and} is the least one that demands
 * both.
 *
 * @param minimumUnits how many distinct people the row rests on at least
 * @param dominance what must hold of the contributions to each sum, per person
 * @param dof the least degrees of freedom of each statistic that has them; 0 means not looked at
 * @param noise the terms of a noisy answer; empty when the answer is exact
 */
public record Requirement(
    long minimumUnits, List<Dominance> dominance, int dof, Optional<NoiseTerms> noise)
    implements Comparable<Requirement> {

  /** Demands nothing: the rule holds whatever the data are. */
  public static final Requirement NONE = new Requirement(0, List.of(), 0);

  private static final Comparator<Requirement> ORDER =
      Comparator.comparingLong(Requirement::minimumUnits)
          .thenComparing(requirement -> requirement.dominance.size())
          .thenComparing(Requirement::dof)
          .thenComparing(requirement -> requirement.dominance.toString())
          .thenComparing(requirement -> requirement.noise.toString());

  /**
   * @throws IllegalArgumentException when a number is negative
   */
  public Requirement {
    if (minimumUnits < 0) {
      throw new IllegalArgumentException(
          "minimumUnits must be at least 0. Provided value: " + minimumUnits);
    }
    if (dof < 0) {
      throw new IllegalArgumentException("dof must be at least 0. Provided value: " + dof);
    }
    dominance = Dominance.withoutImplied(dominance);
    requireNonNull(noise, "noise");
  }

  /** A requirement on an exact answer. */
  public Requirement(long minimumUnits, List<Dominance> dominance, int dof) {
    this(minimumUnits, dominance, dof, Optional.empty());
  }

  /** Whether whatever meets this requirement meets the other. */
  public boolean implies(Requirement other) {
    return minimumUnits >= other.minimumUnits
        && dof >= other.dof
        && (other.noise.isEmpty() || (noise.isPresent() && noise.get().implies(other.noise.get())))
        && other.dominance.stream()
            .allMatch(rule -> dominance.stream().anyMatch(own -> own.implies(rule)));
  }

  /** The least requirement that demands both. */
  public Requirement and(Requirement other) {
    return new Requirement(
        Math.max(minimumUnits, other.minimumUnits),
        Stream.concat(dominance.stream(), other.dominance.stream()).toList(),
        Math.max(dof, other.dof),
        noise.isPresent() && other.noise.isPresent()
            ? Optional.of(noise.get().and(other.noise.get()))
            : noise.or(() -> other.noise));
  }

  /**
   * Whether an answer can be known to meet it: under noise nobody can look at single contributions.
   */
  boolean isPossible() {
    return noise.isEmpty() || dominance.isEmpty();
  }

  /** How many of the largest contributions must be known; 0 when contributions do not matter. */
  public int largest() {
    return dominance.stream().mapToInt(Dominance::largest).max().orElse(0);
  }

  /** The requirement in words, for the people that a frame counts. */
  String words(String people) {
    StringBuilder words = new StringBuilder("at least %d %s".formatted(minimumUnits, people));
    if (noise.isPresent()) {
      words.append(", with noise");
    }
    if (!dominance.isEmpty()) {
      words.append(", none of whom dominates a sum by ").append(texts());
    }
    if (dof > 0) {
      words.append(", with at least %d degrees of freedom".formatted(dof));
    }
    return words.toString();
  }

  private String texts() {
    return dominance.stream().map(Dominance::text).collect(Collectors.joining(" or "));
  }

  @Override
  public int compareTo(Requirement other) {
    return ORDER.compare(this, other);
  }
}
