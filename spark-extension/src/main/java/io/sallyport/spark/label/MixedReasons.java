package io.sallyport.spark.label;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Objection;
import java.util.Set;
import java.util.stream.Collectors;

/** Why rows depend on several people, in words an analyst can act on. */
final class MixedReasons {

  private MixedReasons() {}

  static Objection mixedInput() {
    return new Objection(
        RefusalCode.UNIT_LOST,
        "rows that mix people are combined further",
        "an aggregate of each frame by itself, then the combination");
  }

  static Objection absence() {
    return new Objection(
        RefusalCode.UNIT_LOST,
        "the join keeps rows of the other side that match nobody, which tells who is absent",
        "a join that keeps the frame's rows: inner, or outer on the frame's side; with noise, also"
            + " <public keys> LEFT JOIN <frame> ON equality, grouped by exactly those keys");
  }

  static Objection rowsRepeated() {
    return new Objection(
        RefusalCode.UNIT_LOST,
        "the join may repeat rows of a frame whose privacy unit is the row",
        "a frame whose owner declares a privacy-unit column");
  }

  static Objection sameFrameTwice() {
    return new Objection(
        RefusalCode.UNIT_AMBIGUOUS,
        "the same frame occurs twice below one aggregate",
        "each frame once per aggregate");
  }

  static Objection unaligned(Set<FrameName> frames) {
    return new Objection(
        RefusalCode.UNIT_AMBIGUOUS,
        "frames are joined without equality of their privacy units",
        "a join of "
            + frames.stream().map(FrameName::value).collect(Collectors.joining(" and "))
            + " on their privacy-unit columns");
  }
}
