package io.sallyport.policy.ledger;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.frame.SpaceBudget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which accounts a question concerns, and what its charge is about. */
final class Accounts {

  private final PolicySet policies;
  private final Links links;
  private final List<Frame> frames;

  /**
   * @throws IllegalArgumentException when a frame has no policy
   */
  Accounts(PolicySet policies, Links links, Collection<FrameName> frames) {
    this.policies = policies;
    this.links = links;
    this.frames =
        frames.stream()
            .map(
                name ->
                    policies
                        .frame(name)
                        .orElseThrow(
                            () -> new IllegalArgumentException("There is no frame " + name)))
            .toList();
  }

  /**
   * Every account that must have the price left: the unit space's, the principal's in it, and those
   * of single frames.
   *
   * @throws IllegalArgumentException when a unit space has no budget: then nothing may be spent
   */
  List<Account> all(String principal) {
    List<Account> accounts = new ArrayList<>();
    for (String space : spaces()) {
      Account total = ofSpace(space);
      accounts.add(total);
      budget(space)
          .perPrincipal()
          .ifPresent(
              own ->
                  accounts.add(
                      new Account(
                          principal + " in unit space " + space,
                          own,
                          ofPrincipal(principal, total.subjects()))));
    }
    accounts.addAll(ofFrames());
    return accounts;
  }

  /**
   * The accounts that all principals share.
   *
   * @throws IllegalArgumentException when a unit space has no budget
   */
  List<Account> shared() {
    List<Account> accounts = new ArrayList<>();
    spaces().forEach(space -> accounts.add(ofSpace(space)));
    accounts.addAll(ofFrames());
    return accounts;
  }

  /** What a principal's charge about the frames is remembered under. */
  Set<String> subjects(String principal) {
    Set<String> subjects = new TreeSet<>();
    for (Frame frame : frames) {
      subjects.add(Links.space(frame));
      subjects.addAll(Links.own(frame));
    }
    subjects.addAll(ofPrincipal(principal, subjects));
    return subjects;
  }

  private List<Account> ofFrames() {
    List<Account> accounts = new ArrayList<>();
    for (Frame frame : frames) {
      if (policies.budgets().frames().containsKey(frame.name())) {
        accounts.add(
            new Account(
                "frame " + frame.name(),
                policies.budgets().frames().get(frame.name()),
                links.all(frame)));
      }
    }
    return accounts;
  }

  /** The account of a unit space, which all principals share. */
  Account ofSpace(String space) {
    return new Account("unit space " + space, budget(space).total(), subjectsOfSpace(space));
  }

  private SpaceBudget budget(String space) {
    SpaceBudget budget = policies.budgets().spaces().get(space);
    if (budget == null) {
      throw new IllegalArgumentException("The unit space " + space + " has no budget");
    }
    return budget;
  }

  private Set<String> spaces() {
    Set<String> spaces = new TreeSet<>();
    frames.forEach(frame -> spaces.add(frame.facts().unitSpace()));
    return spaces;
  }

  /**
   * The space, its frames by any name they had, and the spaces where these were before, unless
   * others are there still: then the space was left, not renamed.
   */
  private Set<String> subjectsOfSpace(String space) {
    Set<String> subjects = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (Frame frame : policies.frames()) {
      if (frame.facts().unitSpace().equals(space)) {
        subjects.add(Links.space(frame));
        subjects.addAll(links.all(frame));
      } else {
        others.add(Links.space(frame));
      }
    }
    links.spaces(subjects).stream().filter(was -> !others.contains(was)).forEach(subjects::add);
    return subjects;
  }

  private static Set<String> ofPrincipal(String principal, Set<String> subjects) {
    Set<String> own = new TreeSet<>();
    subjects.forEach(subject -> own.add("of " + principal + " " + subject));
    return own;
  }
}
