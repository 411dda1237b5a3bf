package io.sallyport.policy.decision;

import io.sallyport.policy.decision.Requirements.Fitness;
import io.sallyport.policy.decision.Verdict.Refuse;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.question.Objection;
import io.sallyport.policy.question.Shape;
import io.sallyport.policy.question.Source;
import io.sallyport.policy.rule.AggregateFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The grounds of one frame's verdict, in words that promise only what its terms would keep. */
final class Grounds {
  /** How many alternatives an analyst is told of. */
  private static final int MOST_WORDS = 3;

  private final Frame frame;
  private final Principal principal;
  private final String policy;

  Grounds(Frame frame, Principal principal, PolicySet policies) {
    this.frame = frame;
    this.principal = principal;
    this.policy =
        "frame %s, automatic = %s, policy version %s"
            .formatted(frame.name(), frame.policy().automatic().text(), policies.version());
  }

  /** The same text whether there is no such table or one without a policy. */
  static Verdict unknownFrame(FrameName name, PolicySet policies) {
    return new Refuse(
        List.of(
            new Ground(
                name,
                RefusalCode.SOURCE_NOT_ALLOWED,
                "There is no frame or public table " + name,
                "what has no policy does not exist, policy version " + policies.version(),
                "the name of a frame with a policy, or of a public table")));
  }

  List<Ground> of(Shape shape, Source source, boolean mayAsk) {
    List<Objection> objections = objections(shape, source);
    if (!objections.isEmpty()) {
      return objections.stream().distinct().map(this::of).toList();
    }
    return switch (shape) {
      case FRAME_ITSELF ->
          List.of(
              ground(
                  RefusalCode.RAW_OUTPUT,
                  "The result is frame " + frame.name() + " as it is",
                  remedy()));
      case ROWS ->
          List.of(
              ground(
                  RefusalCode.RAW_OUTPUT,
                  "The result has rows of single people of frame " + frame.name(),
                  remedy()));
      case AGGREGATE -> List.of(termsNotMet(source.functions(), mayAsk));
    };
  }

  /** What stands against the ways in which the rule could hold; exact answers come first. */
  private List<Objection> objections(Shape shape, Source source) {
    if (shape != Shape.AGGREGATE) {
      return source.objections();
    }
    boolean exact = couldHold(new Fitness(true, false));
    boolean noisy = couldHold(new Fitness(false, true));
    boolean together = !exact && !noisy && couldHold(new Fitness(true, true));
    List<Objection> objections = new ArrayList<>();
    if (exact || !noisy) {
      objections.addAll(source.objections());
    }
    if (noisy || together) {
      objections.addAll(source.noiseObjections());
    }
    return objections;
  }

  private boolean couldHold(Fitness fitness) {
    return !Requirements.of(frame.policy().automatic(), principal, fitness, Set.of()).isEmpty();
  }

  /**
   * The same words whether people are too few or one of them dominates.
   *
   * @param cells in which parts people were counted, in words, or empty
   * @param others the other frames of the answer that demand something: it may be their people
   */
  Ground smallGroup(Obligation breached, String cells, List<FrameName> others) {
    Requirement first = breached.alternatives().get(0);
    String few = "fewer than %d %s".formatted(first.minimumUnits(), people());
    String other =
        (first.dominance().isEmpty() ? "" : ", or some of them have nearly all of a sum")
            + (first.dof() == 0 ? "" : ", or has too few degrees of freedom");
    return ground(
        RefusalCode.SMALL_GROUP,
        "Some row of the result rests on %s of frame %s%s%s%s"
            .formatted(
                few,
                frame.name(),
                other,
                cells.isEmpty() ? "" : ", by its " + cells,
                others.isEmpty() ? "" : "; or on too few people of " + named(others)),
        "fewer or coarser groups, or a weaker filter or condition, so that every row rests on "
            + words(breached.alternatives()));
  }

  /**
   * Each frame would release the answer, but in ways that no one answer goes.
   *
   * @param exact the frames that release it exactly only
   * @param noisy the frames that release it with noise only
   */
  Ground apart(Source source, List<FrameName> exact, List<FrameName> noisy) {
    String subject =
        "This aggregate is released of %s without noise only, of %s with noise only, and one answer cannot be both"
            .formatted(named(exact), named(noisy));
    String alone =
        "one aggregate for the frames with noise and another for those without, whose results may"
            + " be joined, or a rule dp(...) from the owner of "
            + named(exact);
    Optional<Objection> against =
        exact.contains(frame.name()) && couldHold(new Fitness(false, true))
            ? source.noiseObjections().stream().findFirst()
            : noisy.contains(frame.name()) && couldHold(new Fitness(true, false))
                ? source.objections().stream().findFirst()
                : Optional.empty();
    return ground(
        RefusalCode.AGG_NOT_ALLOWED,
        subject + against.map(a -> " (" + a.subject() + ")").orElse(""),
        against.map(a -> a.remedy() + "; or ").orElse("") + alone);
  }

  private static String named(List<FrameName> frames) {
    return (frames.size() == 1 ? "frame " : "frames ")
        + frames.stream().map(FrameName::value).collect(Collectors.joining(", "));
  }

  private Ground of(Objection objection) {
    return ground(
        objection.code(),
        objection.subject(),
        ofAnAggregate(Set.of()).isEmpty() ? nothing() : objection.remedy());
  }

  private Ground termsNotMet(Set<AggregateFamily> functions, boolean mayAsk) {
    List<AggregateFamily> releasable =
        Arrays.stream(AggregateFamily.values())
            .filter(function -> !ofAnAggregate(Set.of(function)).isEmpty())
            .toList();
    if (!releasable.isEmpty()) {
      return functionsNotReleased(functions, releasable);
    }
    return ground(
        mayAsk ? RefusalCode.APPROVAL_REQUIRED : RefusalCode.SOURCE_NOT_ALLOWED,
        "Frame %s releases no aggregate to %s by itself".formatted(frame.name(), principal.name()),
        nothing());
  }

  private Ground functionsNotReleased(
      Set<AggregateFamily> functions, List<AggregateFamily> releasable) {
    List<AggregateFamily> others =
        functions.stream().filter(function -> !releasable.contains(function)).sorted().toList();
    String which =
        others.isEmpty()
            ? names(functions.stream().sorted().toList()) + " in one aggregate"
            : names(others);
    return ground(
        RefusalCode.AGG_NOT_ALLOWED,
        "Frame %s does not release %s to %s by itself"
            .formatted(frame.name(), which, principal.name()),
        "an aggregate of " + names(releasable) + (others.isEmpty() ? ", one at a time" : ""));
  }

  private static String names(List<AggregateFamily> functions) {
    return functions.stream().map(AggregateFamily::words).collect(Collectors.joining(", "));
  }

  private String remedy() {
    List<Requirement> alternatives = ofAnAggregate(Set.of());
    if (alternatives.isEmpty()) {
      return nothing();
    }
    return alternatives.contains(Requirement.NONE)
        ? "a query over the frame, for example a selection of its columns or rows"
        : "an aggregate each of whose rows rests on %s, for example groupBy(...).agg(count, sum or avg)"
            .formatted(words(alternatives));
  }

  private String words(List<Requirement> alternatives) {
    return alternatives.stream()
        .limit(MOST_WORDS)
        .map(alternative -> alternative.words(people()))
        .collect(Collectors.joining("; or "));
  }

  /** The ways in which an aggregate of these functions would be released; none of count alone. */
  private List<Requirement> ofAnAggregate(Set<AggregateFamily> functions) {
    return Requirements.of(
        frame.policy().automatic(), principal, new Fitness(true, true), functions);
  }

  private String nothing() {
    return "nothing of frame %s without its owner, whom you may ask for other terms"
        .formatted(frame.name());
  }

  private String people() {
    return frame.unit().fold(column -> "distinct " + column.name(), row -> "rows");
  }

  private Ground ground(RefusalCode code, String subject, String remedy) {
    return new Ground(frame.name(), code, subject, policy, remedy);
  }
}
