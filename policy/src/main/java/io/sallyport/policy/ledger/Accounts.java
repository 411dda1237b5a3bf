package io.sallyport.policy.ledger;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.FrameSource;
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
  private final String principal;
  private final List<Frame> frames;

  /**
   * @throws IllegalArgumentException when a frame has no policy
   */
  Accounts(PolicySet policies, String principal, Collection<FrameName> frames) {
    this.policies = policies;
    this.principal = principal;
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
  List<Account> all() {
    List<Account> accounts = new ArrayList<>();
    for (String space : spaces()) {
      SpaceBudget budget = policies.budgets().spaces().get(space);
      if (budget == null) {
        throw new IllegalArgumentException("The unit space " + space + " has no budget");
      }
      Set<String> subjects = subjectsOfSpace(space);
      accounts.add(new Account("unit space " + space, budget.total(), subjects));
      budget
          .perPrincipal()
          .ifPresent(
              own ->
                  accounts.add(
                      new Account(
                          principal + " in unit space " + space, own, ofPrincipal(subjects))));
    }
    for (Frame frame : frames) {
      if (policies.budgets().frames().containsKey(frame.name())) {
        accounts.add(
            new Account(
                "frame " + frame.name(),
                policies.budgets().frames().get(frame.name()),
                subjectsOfFrame(frame)));
      }
    }
    return accounts;
  }

  /** What a charge about the frames is remembered under. */
  Set<String> subjects() {
    Set<String> subjects = new TreeSet<>();
    spaces().forEach(space -> subjects.add("space:" + space));
    frames.forEach(frame -> subjects.addAll(subjectsOfFrame(frame)));
    subjects.addAll(ofPrincipal(subjects));
    return subjects;
  }

  private Set<String> spaces() {
    Set<String> spaces = new TreeSet<>();
    frames.forEach(frame -> spaces.add(frame.facts().unitSpace()));
    return spaces;
  }

  private Set<String> subjectsOfSpace(String space) {
    Set<String> subjects = new TreeSet<>();
    subjects.add("space:" + space);
    policies.frames().stream()
        .filter(frame -> frame.facts().unitSpace().equals(space))
        .forEach(frame -> subjects.addAll(subjectsOfFrame(frame)));
    return subjects;
  }

  private static Set<String> subjectsOfFrame(Frame frame) {
    String source = frame.source().fold(FrameSource.Table::identifier, FrameSource.Files::path);
    return Set.of("frame:" + frame.name(), "source:" + source);
  }

  private Set<String> ofPrincipal(Set<String> subjects) {
    Set<String> own = new TreeSet<>();
    subjects.forEach(subject -> own.add("of " + principal + " " + subject));
    return own;
  }
}
