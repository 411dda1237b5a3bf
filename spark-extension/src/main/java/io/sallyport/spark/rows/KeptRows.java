package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.execution.LogicalRDD;

/** What can be done with kept rows, few or many. */
public final class KeptRows {

  private KeptRows() {}

  /** An immutable list of the same rows; many of them are one already. */
  public static List<UnsafeRow> immutable(List<UnsafeRow> rows) {
    return areMany(rows) ? rows : List.copyOf(rows);
  }

  /** Whether there are so many that they should not be gone through without need. */
  public static boolean areMany(List<UnsafeRow> rows) {
    return rows instanceof ManyRows;
  }

  /** The rows, in order, as a relation with these columns. */
  public static LogicalPlan relation(List<Attribute> columns, List<UnsafeRow> rows) {
    return rows instanceof ManyRows many
        ? relation(columns, many)
        : new LocalRelation(Scala.seq(columns), Scala.seq(rows), false, Scala.none());
  }

  private static LogicalPlan relation(List<Attribute> columns, ManyRows rows) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.session().sparkContext());
    return new LogicalRDD(
        Scala.seq(columns),
        KeptRdd.of(context, rows.chunks(), rows.fields(), rows.size()),
        new UnknownPartitioning(0),
        Scala.noElements(),
        false,
        Scala.none(),
        rows.session(),
        Scala.none(),
        Scala.none());
  }

  /** The first of the rows that a plan is, and nothing above them. */
  public static List<InternalRow> first(LogicalPlan rows, int most) {
    if (rows instanceof LocalRelation few) {
      return Scala.<InternalRow>list(few.data()).stream().limit(most).toList();
    }
    if (!isMany(rows)) {
      throw new IllegalArgumentException("Not only kept rows");
    }
    return ((KeptRdd) ((LogicalRDD) rows).rdd()).first(most);
  }

  /** Whether a plan reads many kept rows. */
  public static boolean areIn(LogicalPlan plan) {
    return Scala.<LogicalPlan>list(plan.collectLeaves()).stream().anyMatch(KeptRows::isMany);
  }

  /** Whether a plan is kept rows, few or many, and nothing above them. */
  public static boolean isOnly(LogicalPlan plan) {
    return plan instanceof LocalRelation || isMany(plan);
  }

  /** Whether a leaf of a plan is a relation of many kept rows. */
  public static boolean isMany(LogicalPlan leaf) {
    return leaf.getClass() == LogicalRDD.class
        && ((LogicalRDD) leaf).rdd().getClass() == KeptRdd.class;
  }
}
