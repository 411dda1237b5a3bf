package io.sallyport.policy.question;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.rule.AggregateFamily;
import java.util.List;
import java.util.Set;

/**
 * A governed frame that an answer depends on, and what speaks against showing the answer. Public
 * tables are not sources.
 *
 * @param frame the frame
 * @param objections in the order in which they should be told; none when the plan is in order
 * @param functions the aggregate functions that the answer shows of the frame
 * @param noiseObjections what speaks against showing it with noise; none when it can be answered so
 */
public record Source(
    FrameName frame,
    List<Objection> objections,
    Set<AggregateFamily> functions,
    List<Objection> noiseObjections) {
  public Source {
    requireNonNull(frame, "frame");
    objections = List.copyOf(objections);
    functions = Set.copyOf(functions);
    noiseObjections = List.copyOf(noiseObjections);
  }

  /** A source of an answer that nobody has looked at for noise: that is an objection. */
  public Source(FrameName frame, List<Objection> objections, Set<AggregateFamily> functions) {
    this(frame, objections, functions, List.of(Objection.NOT_ASSESSED));
  }

  /** A source of which nobody has looked at the functions: any of the usual ones may be shown. */
  public Source(FrameName frame, List<Objection> objections) {
    this(frame, objections, Set.copyOf(AggregateFamily.usual()));
  }
}
