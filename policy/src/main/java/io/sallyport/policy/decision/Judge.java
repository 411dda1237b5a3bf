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
import io.sallyport.policy.rule.AggregateFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Decides whether an answer may be shown, from the question and the owners' terms alone.
 *
 * <p>For each source frame: if its automatic rule holds, the answer is released; else, if its
 * approval rule holds, it needs approval; else it is refused. The verdict is the strictest over all
 * frames, whatever their order. A frame without a policy is refused. Frames of which some release
 * exact answers only and some noisy ones only release none together ({@link OneWay}). How many
 * people stand behind a row, and how their contributions compare, is not known before the data are
 * read: a release carries what the rule demands of them as an {@link Obligation}, and {@link
 * #smallGroup} decides when it was not met.
 *
 * <p>Pure: no state, no clock, no data; safe for threads. Throws nothing of its own.
 */
public final class Judge {

  /** The verdict on a question, before any data are read. */
  public Verdict judge(Question question, PolicySet policies) {
    List<Verdict> verdicts = new ArrayList<>();
    Collection<Source> sources = merged(question.sources());
    sources.forEach(
        source ->
            verdicts.add(
                policies
                    .frame(source.frame())
                    .map(frame -> judge(question, frame, source, policies))
                    .orElseGet(() -> Grounds.unknownFrame(source.frame(), policies))));
    return strictest(verdicts)
        .fold(
            release -> together(release.obligations(), question, sources, policies),
            asks -> asks,
            refuse -> refuse);
  }

  /** The release that each frame allows, as far as all of them allow the same one. */
  private static Verdict together(
      List<Obligation> obligations,
      Question question,
      Collection<Source> sources,
      PolicySet policies) {
    return OneWay.of(obligations)
        .<Verdict>map(Release::new)
        .orElseGet(() -> apart(obligations, question, sources, policies));
  }

  /**
   * Some frames release exact answers only and others noisy ones only: owners are asked, if any.
   */
  private static Verdict apart(
      List<Obligation> obligations,
      Question question,
      Collection<Source> sources,
      PolicySet policies) {
    List<FrameName> exact = OneWay.exactOnly(obligations);
    List<FrameName> noisy = OneWay.noisyOnly(obligations);
    List<Verdict> verdicts = new ArrayList<>();
    for (Source source : sources) {
      Frame frame = policies.frame(source.frame()).orElseThrow();
      Obligation own =
          obligations.stream()
              .filter(o -> o.frame().equals(frame.name()))
              .findFirst()
              .orElseThrow();
      if (!own.isMetAnyway()) {
        boolean mayAsk = mayAsk(question, frame, source);
        Grounds grounds = new Grounds(frame, question.principal(), policies);
        List<Ground> ground = List.of(grounds.apart(source, exact, noisy));
        verdicts.add(mayAsk ? new NeedsApproval(ground) : new Refuse(ground));
      }
    }
    return strictest(verdicts);
  }

  /**
   * The verdict on a result of which some row does not meet one of these obligations. It is the
   * same whichever it is, and for no people, for one too few and for enough of whom one dominates.
   *
   * @param demanded what each frame of the answer demands; at least one
   * @param cells for each frame in which parts people were counted, in words that the plan alone
   *     gives, or empty
   */
  public Verdict smallGroup(
      List<Obligation> demanded,
      Function<FrameName, String> cells,
      Principal principal,
      PolicySet policies) {
    List<FrameName> names = demanded.stream().map(Obligation::frame).toList();
    List<Verdict> verdicts = new ArrayList<>();
    for (Obligation one : demanded) {
      List<FrameName> others = names.stream().filter(name -> !name.equals(one.frame())).toList();
      verdicts.add(
          policies
              .frame(one.frame())
              .<Verdict>map(
                  frame -> {
                    Ground ground =
                        new Grounds(frame, principal, policies)
                            .smallGroup(one, cells.apply(one.frame()), others);
                    return mayAskDespiteSmallGroups(frame, principal)
                        ? new NeedsApproval(List.of(ground))
                        : new Refuse(List.of(ground));
                  })
              .orElseGet(() -> Grounds.unknownFrame(one.frame(), policies)));
    }
    return strictest(verdicts);
  }

  private static Verdict judge(Question question, Frame frame, Source source, PolicySet policies) {
    Principal principal = question.principal();
    Requirements.Fitness fitness =
        new Requirements.Fitness(
            isExact(question, source),
            question.shape() == Shape.AGGREGATE && source.noiseObjections().isEmpty());
    List<Requirement> alternatives =
        Requirements.of(frame.policy().automatic(), principal, fitness, source.functions());
    if (!alternatives.isEmpty() && question.shape() != Shape.FRAME_ITSELF) {
      return new Release(
          List.of(
              new Obligation(
                  frame.name(),
                  alternatives,
                  frame.policy().onSmallGroup(),
                  mayAskDespiteSmallGroups(frame, principal))));
    }
    boolean mayAsk = mayAsk(question, frame, source);
    List<Ground> grounds =
        new Grounds(frame, principal, policies).of(question.shape(), source, mayAsk);
    return mayAsk ? new NeedsApproval(grounds) : new Refuse(grounds);
  }

  private static boolean isExact(Question question, Source source) {
    return question.shape() == Shape.AGGREGATE && source.objections().isEmpty();
  }

  private static boolean mayAsk(Question question, Frame frame, Source source) {
    return !Requirements.of(
            frame.policy().approval(),
            question.principal(),
            new Requirements.Fitness(isExact(question, source), false),
            source.functions())
        .isEmpty();
  }

  /** An approval rule that counts people does not hold for a result with too few of them. */
  private static boolean mayAskDespiteSmallGroups(Frame frame, Principal principal) {
    return Requirements.of(
            frame.policy().approval(), principal, Requirements.Fitness.NONE, Set.of())
        .contains(Requirement.NONE);
  }

  /** Each frame once, in the order of names; what speaks against one use speaks against all. */
  private static Collection<Source> merged(List<Source> sources) {
    Map<FrameName, Source> merged = new TreeMap<>();
    sources.forEach(source -> merged.merge(source.frame(), source, Judge::both));
    return merged.values();
  }

  private static Source both(Source some, Source others) {
    Set<Objection> objections = new LinkedHashSet<>(some.objections());
    objections.addAll(others.objections());
    Set<AggregateFamily> functions = new HashSet<>(some.functions());
    functions.addAll(others.functions());
    Set<Objection> noise = new LinkedHashSet<>(some.noiseObjections());
    noise.addAll(others.noiseObjections());
    return new Source(some.frame(), List.copyOf(objections), functions, List.copyOf(noise));
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
