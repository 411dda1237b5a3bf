package io.sallyport.policy.decision;

import io.sallyport.policy.decision.Verdict.NeedsApproval;
import io.sallyport.policy.decision.Verdict.Refuse;
import io.sallyport.policy.decision.Verdict.Release;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.question.Objection;
import io.sallyport.policy.question.Question;
import io.sallyport.policy.question.Shape;
import io.sallyport.policy.question.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides whether an answer may be shown, from the question and the owners' terms alone.
 *
 * <p>For each source frame: if its automatic rule holds, the answer is released; else, if its
 * approval rule holds, it needs approval; else it is refused. The verdict is the strictest over all
 * frames, whatever their order. A frame without a policy is refused. How many people stand behind a
 * row is not known before the data are read: a release carries the least number at which the rule
 * holds as an {@link Obligation}, and {@link #smallGroup} decides when that number was not reached.
 *
 * <p>Pure: no state, no clock, no data; safe for threads. Throws nothing of its own.
 */
public final class Judge {

  /** The verdict on a question, before any data are read. */
  public Verdict judge(Question question, PolicySet policies) {
    List<Verdict> verdicts = new ArrayList<>();
    objections(question.sources())
        .forEach(
            (name, objections) ->
                verdicts.add(
                    policies
                        .frame(name)
                        .map(frame -> judge(question, frame, objections, policies))
                        .orElseGet(() -> Grounds.unknownFrame(name, policies))));
    return strictest(verdicts);
  }

  /**
   * The verdict on a result of which some row rests on fewer people than an obligation demands. It
   * is the same for no people as for one too few. To be asked when the frame's small groups need
   * approval.
   */
  public Verdict smallGroup(Obligation breached, Principal principal, PolicySet policies) {
    return policies
        .frame(breached.frame())
        .map(frame -> smallGroup(breached, principal, frame, policies))
        .orElseGet(() -> Grounds.unknownFrame(breached.frame(), policies));
  }

  private static Verdict smallGroup(
      Obligation breached, Principal principal, Frame frame, PolicySet policies) {
    Ground ground = new Grounds(frame, principal, policies).smallGroup(breached);
    return mayAskDespiteSmallGroups(frame, principal)
        ? new NeedsApproval(List.of(ground))
        : new Refuse(List.of(ground));
  }

  private static Verdict judge(
      Question question, Frame frame, Set<Objection> objections, PolicySet policies) {
    Principal principal = question.principal();
    boolean aggregate = question.shape() == Shape.AGGREGATE && objections.isEmpty();
    OptionalLong least = Thresholds.leastUnits(frame.policy().automatic(), principal, aggregate);
    if (least.isPresent() && question.shape() != Shape.FRAME_ITSELF) {
      return new Release(
          List.of(
              new Obligation(
                  frame.name(),
                  least.getAsLong(),
                  frame.policy().onSmallGroup(),
                  mayAskDespiteSmallGroups(frame, principal))));
    }
    boolean mayAsk =
        Thresholds.leastUnits(frame.policy().approval(), principal, aggregate).isPresent();
    List<Ground> grounds =
        new Grounds(frame, principal, policies).of(question.shape(), objections, mayAsk);
    return mayAsk ? new NeedsApproval(grounds) : new Refuse(grounds);
  }

  /** An approval rule that counts people does not hold for a result with too few of them. */
  private static boolean mayAskDespiteSmallGroups(Frame frame, Principal principal) {
    return new Facts(principal, true, 0).satisfy(frame.policy().approval());
  }

  /** Each frame once, in the order of names; what speaks against one use speaks against all. */
  private static Map<FrameName, Set<Objection>> objections(List<Source> sources) {
    Map<FrameName, Set<Objection>> objections = new TreeMap<>();
    for (Source source : sources) {
      objections
          .computeIfAbsent(source.frame(), name -> new LinkedHashSet<>())
          .addAll(source.objections());
    }
    return objections;
  }

  private static Verdict strictest(List<Verdict> verdicts) {
    List<Obligation> obligations = new ArrayList<>();
    List<Ground> approvals = new ArrayList<>();
    List<Ground> refusals = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      verdict.fold(
          release -> obligations.addAll(release.obligations()),
          needsApproval -> approvals.addAll(needsApproval.grounds()),
          refuse -> refusals.addAll(refuse.grounds()));
    }
    if (!refusals.isEmpty()) {
      refusals.addAll(approvals);
      return new Refuse(refusals);
    }
    return approvals.isEmpty() ? new Release(obligations) : new NeedsApproval(approvals);
  }
}
