package io.sallyport.spark.noise;

import io.sallyport.dp.bounds.Interval;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What is known in public of a number: an interval whose ends may be infinite.
 *
 * <p>A span chooses the clamp of an aggregate's argument; the clamp is what holds. So a span that
 * is too narrow costs accuracy, never privacy.
 */
record Span(double lower, double upper) {

  /** About 8e270; what a policy may declare is nearer. */
  private static final double FARTHEST = 0x1p900;

  static final Span UNKNOWN = new Span(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  static Span of(Interval interval) {
    return new Span(interval.lower(), interval.upper());
  }

  static Span exactly(double value) {
    return Double.isFinite(value) ? new Span(value, value) : UNKNOWN;
  }

  /** The span as a clamp; empty when an end is missing, or so far out that no grid covers it. */
  Optional<Interval> interval() {
    return Math.max(Math.abs(lower), Math.abs(upper)) <= FARTHEST
        ? Optional.of(new Interval(lower, upper))
        : Optional.empty();
  }

  /** Interval arithmetic where both are bounded. */
  static Span combine(Span a, Span b, BiFunction<Interval, Interval, Optional<Interval>> operator) {
    return a.interval()
        .flatMap(x -> b.interval().flatMap(y -> operator.apply(x, y)))
        .map(Span::of)
        .orElse(UNKNOWN);
  }

  /** The smallest of several values: one bounded value bounds it from above. */
  static Span least(Stream<Span> spans) {
    return spans
        .reduce((a, b) -> new Span(Math.min(a.lower, b.lower), Math.min(a.upper, b.upper)))
        .orElse(UNKNOWN);
  }

  /** The largest of several values: one bounded value bounds it from below. */
  static Span greatest(Stream<Span> spans) {
    return spans
        .reduce((a, b) -> new Span(Math.max(a.lower, b.lower), Math.max(a.upper, b.upper)))
        .orElse(UNKNOWN);
  }

  /** A value that may be any of several. */
  static Span either(Stream<Span> spans) {
    return spans
        .reduce((a, b) -> new Span(Math.min(a.lower, b.lower), Math.max(a.upper, b.upper)))
        .orElse(UNKNOWN);
  }
}
