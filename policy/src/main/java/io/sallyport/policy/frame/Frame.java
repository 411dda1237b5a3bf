package io.sallyport.policy.frame;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A governed relation: its name for analysts, where its rows are, who a person is, and the owner's
 * terms. Column names compare without regard to case, as Spark's do. Immutable.
 *
 * @param name what analysts call it
 * @param source where its rows are
 * @param owner the name of the principal who owns it
 * @param unit what one person is
 * @param policy the owner's terms
 * @param blacklist columns whose values never leave, in lower case
 * @param identifiers further columns that single out a person, in lower case
 * @param reviewers the names of those who may decide beside the owner
 * @param votesNeeded how many of its deciders have to agree to a release
 * @param savable whether what is computed from it may be saved under a name
 * @param facts what its owner declares in public about it
 */
public record Frame(
    FrameName name,
    FrameSource source,
    Optional<String> owner,
    PrivacyUnit unit,
    Policy policy,
    Set<String> blacklist,
    Set<String> identifiers,
    Set<String> reviewers,
    int votesNeeded,
    boolean savable,
    PublicFacts facts) {

  /**
   * @throws IllegalArgumentException when no vote is needed
   */
  public Frame {
    requireNonNull(name, "name");
    requireNonNull(source, "source");
    requireNonNull(owner, "owner");
    requireNonNull(unit, "unit");
    requireNonNull(policy, "policy");
    blacklist = lowerCase(blacklist);
    identifiers = lowerCase(identifiers);
    reviewers = Collections.unmodifiableSet(new TreeSet<>(reviewers));
    if (votesNeeded < 1) {
      throw new IllegalArgumentException(
          "votesNeeded must be at least 1. Provided value: " + votesNeeded);
    }
    requireNonNull(facts, "facts");
  }

  /** A frame of which nothing is declared in public. */
  public Frame(
      FrameName name,
      FrameSource source,
      Optional<String> owner,
      PrivacyUnit unit,
      Policy policy,
      Set<String> blacklist,
      Set<String> identifiers,
      Set<String> reviewers,
      int votesNeeded,
      boolean savable) {
    this(
        name,
        source,
        owner,
        unit,
        policy,
        blacklist,
        identifiers,
        reviewers,
        votesNeeded,
        savable,
        PublicFacts.undeclared(name, unit));
  }

  /**
   * The names of those who may decide on a release: the owner and the reviewers. When empty, nobody
   * is named and every owner may.
   */
  public Set<String> deciders() {
    TreeSet<String> names = new TreeSet<>(reviewers);
    owner.ifPresent(names::add);
    return Collections.unmodifiableSet(names);
  }

  /** Whether this person may decide on a release of it, be it as one of several. */
  public boolean mayBeDecidedBy(Principal person) {
    return deciders().isEmpty() ? person.role() == Role.OWNER : deciders().contains(person.name());
  }

  /**
   * The columns that single out a person, in lower case: the unit's, the blacklist and the further
   * identifiers.
   */
  public Set<String> directIdentifiers() {
    TreeSet<String> columns = new TreeSet<>(blacklist);
    columns.addAll(identifiers);
    unit.fold(column -> columns.add(lowerCase(column.name())), row -> false);
    return Collections.unmodifiableSet(columns);
  }

  private static Set<String> lowerCase(Collection<String> columns) {
    TreeSet<String> lower = new TreeSet<>();
    columns.forEach(column -> lower.add(lowerCase(column)));
    return Collections.unmodifiableSet(lower);
  }

  private static String lowerCase(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
