package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A plan as text for the audit, and its fingerprint. */
public final class PlanText {

  private static final int LONGEST = 8000;

  private PlanText() {}

  public static String of(LogicalPlan plan) {
    return shortened(plan.treeString());
  }

  /**
   * The hash of an analysed plan: equal questions have equal hashes, in every session and after
   * every restart. It covers the canonical plan in full, the rows that the plan brings along, and
   * the names and types of its columns.
   */
  public static String hash(LogicalPlan plan) {
    StringBuilder text = new StringBuilder(canonical(plan));
    for (LogicalPlan leaf : Scala.<LogicalPlan>list(plan.collectLeaves())) {
      if (leaf instanceof LocalRelation local) {
        text.append('\n').append(rows(local));
      }
    }
    for (Attribute column : Scala.<Attribute>list(plan.output())) {
      text.append('\n').append(column.name()).append(' ').append(column.dataType().json());
    }
    return hash(text.toString());
  }

  public static String hash(String text) {
    return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
  }

  /** Spark shortens what it prints; here nothing may be left out. */
  private static String canonical(LogicalPlan plan) {
    return plan.canonicalized().treeString(true, false, Integer.MAX_VALUE, false, false);
  }

  private static String rows(LocalRelation local) {
    List<Attribute> columns = Scala.list(local.output());
    UnsafeProjection all = Rows.projection(Rows.references(columns, 0, columns.size()));
    List<UnsafeRow> rows = new ArrayList<>();
    for (InternalRow row : Scala.<InternalRow>list(local.data())) {
      rows.add(Rows.project(all, row));
    }
    return Hashes.ofOwn(rows);
  }
}
