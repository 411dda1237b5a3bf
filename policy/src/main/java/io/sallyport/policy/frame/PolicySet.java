package io.sallyport.policy.frame;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All frames with their policies, and the tables that every analyst may read. A frame that is not
 * in it does not exist for analysts. Immutable.
 *
 * @param frames ordered by name
 * @param publicTables tables without a policy, readable by everybody
 * @param budgets what may be spent on answers with noise
 * @param version names the content: equal content has equal versions
 */
public record PolicySet(
    List<Frame> frames, Set<FrameName> publicTables, Budgets budgets, String version) {

  /**
   * @throws IllegalArgumentException when a name occurs twice, as frames or as frame and public
   *     table, or the version is blank
   */
  public PolicySet {
    frames = frames.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    publicTables = Collections.unmodifiableSet(new TreeSet<>(publicTables));
    Set<FrameName> names = new HashSet<>();
    for (Frame frame : frames) {
      if (!names.add(frame.name())) {
        throw new IllegalArgumentException("Two frames have the name " + frame.name());
      }
      if (publicTables.contains(frame.name())) {
        throw new IllegalArgumentException(frame.name() + " is a frame and a public table");
      }
    }
    Objects.requireNonNull(budgets, "budgets");
    if (version.isBlank()) {
      throw new IllegalArgumentException("A policy set must have a version");
    }
  }

  /** A set without budgets. */
  public PolicySet(List<Frame> frames, Set<FrameName> publicTables, String version) {
    this(frames, publicTables, Budgets.NONE, version);
  }

  /**
   * The set with its version computed from the content.
   *
   * @throws IllegalArgumentException when a name occurs twice
   */
  public static PolicySet of(Collection<Frame> frames, Set<FrameName> publicTables) {
    return of(frames, publicTables, Budgets.NONE);
  }

  /**
   * The same with budgets.
   *
   * @throws IllegalArgumentException when a name occurs twice
   */
  public static PolicySet of(
      Collection<Frame> frames, Set<FrameName> publicTables, Budgets budgets) {
    return new PolicySet(
        List.copyOf(frames),
        publicTables,
        budgets,
        ContentVersion.of(frames, publicTables, budgets));
  }

  /** The frame of this name, if there is one. */
  public Optional<Frame> frame(FrameName name) {
    return frames.stream().filter(frame -> frame.name().equals(name)).findFirst();
  }

  /**
   * Names the terms of these frames alone: equal terms have equal versions, whatever else is in the
   * set. A frame that is not there differs from every one that is.
   */
  public String versionOf(Collection<FrameName> names) {
    return ContentVersion.ofTerms(names, this);
  }

  /**
   * As {@link #versionOf}, of what rows and people are only: source, unit, blacklist, identifiers.
   * Labels depend on nothing else.
   */
  public String structureVersionOf(Collection<FrameName> names) {
    return ContentVersion.ofStructure(names, this);
  }

  /** Whether every analyst may read the table of this name. */
  public boolean isPublic(FrameName name) {
    return publicTables.contains(name);
  }
}
