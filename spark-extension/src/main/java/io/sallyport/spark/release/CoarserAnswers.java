package io.sallyport.spark.release;

import io.sallyport.spark.noise.FinerRelease;
import io.sallyport.spark.noise.RecordedGroup;
import io.sallyport.spark.noise.Regrouping;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Coarser questions about what was released before: which releases of the same input there are, and
 * the rows that such a release gives for another question. Nothing of the data is read.
 */
public final class CoarserAnswers {

  /** Of one input so many releases are remembered, the first ones. */
  private static final int MOST = 16;

  private CoarserAnswers() {}

  /** Names what a release is about: the plan below its aggregate. */
  public static String input(NoisePlan.Part part) {
    return PlanText.hash("releases of\n" + PlanText.hash(part.point().point().aggregate().child()));
  }

  /**
   * What a release could answer beside what it was asked; empty when no coarser question can be, or
   * groups that rest on few people were left out.
   */
  public static Optional<FinerRelease> finer(NoisePlan.Part part) {
    return part.minimums().isEmpty()
        ? FinerRelease.of(part.hash(), part.point(), part.calibration(), PlanText::hash)
            .filter(finer -> finer.confined().contains(true))
        : Optional.empty();
  }

  /** How a release of the same input answers a question, if it does. */
  public static Optional<Regrouping> of(NoisePlan.Part part, FinerRelease finer) {
    return mayAnswer(part)
        ? Regrouping.of(finer, part.point(), part.calibration(), PlanText::hash)
        : Optional.empty();
  }

  /** Whether it is worth looking for releases that answer a question. */
  public static boolean mayAnswer(NoisePlan.Part part) {
    return part.minimums().isEmpty() && Regrouping.isOf(part.point());
  }

  /** What would be recorded of a question, from the rows of the finer release. */
  public static List<UnsafeRow> rows(
      NoisePlan.Part part, Regrouping regrouping, List<UnsafeRow> recorded) {
    List<Attribute> columns =
        RecordedGroup.columns(Scala.list(part.point().point().aggregate().output()), part.point());
    return NoiseRelease.sorted(regrouping.rows(recorded), columns);
  }

  /** The list of what was released of an input, one more at its end, as it is kept. */
  public static Result listed(List<FinerRelease> before, FinerRelease last) {
    UnsafeProjection text =
        Rows.projection(List.<Expression>of(new BoundReference(0, DataTypes.StringType, false)));
    List<UnsafeRow> rows =
        Stream.concat(before.stream(), Stream.of(last))
            .limit(MOST)
            .<InternalRow>map(
                finer -> new GenericInternalRow(new Object[] {UTF8String.fromString(finer.line())}))
            .map(row -> Rows.project(text, row))
            .toList();
    return new Result(
        new StructType().add("release", DataTypes.StringType), Optional.of(rows), "{}");
  }

  /** The releases of such a list. */
  public static List<FinerRelease> listed(List<UnsafeRow> rows) {
    return rows.stream()
        .flatMap(row -> FinerRelease.parse(row.getUTF8String(0).toString()).stream())
        .toList();
  }
}
