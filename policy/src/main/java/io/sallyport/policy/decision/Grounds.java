package io.sallyport.policy.decision;

import io.sallyport.policy.decision.Verdict.Refuse;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.question.Objection;
import io.sallyport.policy.question.Shape;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** The grounds of one frame's verdict, in words that promise only what its terms would keep. */
final class Grounds {
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

  List<Ground> of(Shape shape, Collection<Objection> objections, boolean mayAsk) {
    if (!objections.isEmpty()) {
      return objections.stream().map(this::of).toList();
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
      case AGGREGATE -> List.of(termsNotMet(mayAsk));
    };
  }

  Ground smallGroup(Obligation breached) {
    long k = breached.minimumUnits();
    return ground(
        RefusalCode.SMALL_GROUP,
        "Some row of the result rests on fewer than %d %s of frame %s"
            .formatted(k, people(), frame.name()),
        "fewer or coarser groups, or a weaker filter, so that every row rests on at least %d %s"
            .formatted(k, people()));
  }

  private Ground of(Objection objection) {
    return ground(
        objection.code(),
        objection.subject(),
        leastUnitsOfAnAggregate().isPresent() ? objection.remedy() : nothing());
  }

  private Ground termsNotMet(boolean mayAsk) {
    return ground(
        mayAsk ? RefusalCode.APPROVAL_REQUIRED : RefusalCode.SOURCE_NOT_ALLOWED,
        "Frame %s releases no aggregate to %s by itself".formatted(frame.name(), principal.name()),
        nothing());
  }

  private String remedy() {
    OptionalLong least = leastUnitsOfAnAggregate();
    if (least.isEmpty()) {
      return nothing();
    }
    return least.getAsLong() == 0
        ? "a query over the frame, for example a selection of its columns or rows"
        : ("an aggregate each of whose rows rests on at least %d %s, for example"
                + " groupBy(...).agg(count, sum or avg)")
            .formatted(least.getAsLong(), people());
  }

  private OptionalLong leastUnitsOfAnAggregate() {
    return Thresholds.leastUnits(frame.policy().automatic(), principal, true);
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
