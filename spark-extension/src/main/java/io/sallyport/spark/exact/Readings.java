package io.sallyport.spark.exact;

import io.sallyport.policy.question.Objection;
import io.sallyport.policy.rule.AggregateFamily;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/** Reads the release points of one question, one after the other; nothing runs. */
public final class Readings {

  /**
   * What became of a point.
   *
   * @param reading empty when it cannot be answered from statistics of cells; of several sets of
   *     keys, which have the same functions, the last
   * @param objection why, then
   */
  public record Read(Optional<PointReading> reading, Optional<Objection> objection) {

    /** What an owner may grant or not. */
    public Set<AggregateFamily> functions() {
      return reading
          .map(PointReading::functions)
          .orElseGet(() -> EnumSet.noneOf(AggregateFamily.class));
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private final List<PointReading.Piece> pieces = new ArrayList<>();

  /**
   * Reads one more point.
   *
   * @param point what is released below it is free rows
   */
  public Read read(Aggregate point) {
    try {
      PointReading last = null;
      for (Aggregate one : GroupingSetPoints.of(point)) {
        last = PointReading.of(one, parts);
        last.parts().forEach(piece -> parts.add(piece.part()));
        pieces.addAll(last.parts());
      }
      return new Read(Optional.ofNullable(last), Optional.empty());
    } catch (Unreadable e) {
      return new Read(Optional.empty(), Optional.of(e.objection()));
    }
  }

  /** What tells the cells of all points together apart, one partition for each measured frame. */
  public List<Partition> partitions() {
    List<Partition> partitions = new ArrayList<>();
    List<PointReading.Piece> left = new ArrayList<>(pieces);
    while (!left.isEmpty()) {
      Base base = left.get(0).part().base();
      List<PointReading.Piece> over =
          left.stream().filter(piece -> piece.part().base().isOver(base)).toList();
      partitions.add(Partition.of(over));
      left.removeIf(over::contains);
    }
    return partitions;
  }
}
