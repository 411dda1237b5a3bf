package io.sallyport.spark.release;

import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.decision.Verdict;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The verdict on a whole plan, from those on its parts: the strictest of them. */
public final class Verdicts {

  private Verdicts() {}

  /**
   * The strictest verdict. When the result goes before owners it goes as a whole, so frames whose
   * own groups would have been checked ask for approval too, or refuse where their owners take no
   * requests.
   */
  public static Verdict strictest(List<Verdict> verdicts, PolicySet policies) {
    List<Obligation> obligations = new ArrayList<>();
    List<Ground> approvals = new ArrayList<>();
    List<Ground> refusals = new ArrayList<>();
    verdicts.forEach(
        verdict ->
            verdict.fold(
                release -> obligations.addAll(release.obligations()),
                needsApproval -> approvals.addAll(needsApproval.grounds()),
                refuse -> refusals.addAll(refuse.grounds())));
    if (!refusals.isEmpty()) {
      return new Verdict.Refuse(refusals);
    }
    return approvals.isEmpty()
        ? new Verdict.Release(obligations)
        : beforeOwners(approvals, obligations, policies);
  }

  /** The verdict on a result that goes before owners on these grounds. */
  static Verdict beforeOwners(
      List<Ground> approvals, Collection<Obligation> obligations, PolicySet policies) {
    Set<FrameName> asked =
        approvals.stream().map(Ground::frame).collect(Collectors.toCollection(TreeSet::new));
    List<Ground> grounds = new ArrayList<>(approvals);
    List<Ground> closed = new ArrayList<>();
    for (Obligation obligation : obligations) {
      if (!obligation.isMetAnyway() && asked.add(obligation.frame())) {
        (obligation.mayAskApproval() ? grounds : closed).add(unchecked(obligation, policies));
      }
    }
    return closed.isEmpty() ? new Verdict.NeedsApproval(grounds) : new Verdict.Refuse(closed);
  }

  private static Ground unchecked(Obligation obligation, PolicySet policies) {
    FrameName name = obligation.frame();
    String terms =
        policies.frame(name).map(Frame::policy).map(p -> p.automatic().text()).orElse("none");
    return new Ground(
        name,
        RefusalCode.APPROVAL_REQUIRED,
        "The result goes before owners as a whole, so the groups of frame "
            + name
            + " in it are not checked by its rule",
        "frame %s, automatic = %s, policy version %s".formatted(name, terms, policies.version()),
        "an aggregate of frame " + name + " alone");
  }
}
