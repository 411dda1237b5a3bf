package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.internal.SQLConf;

/** A plan as text for the audit, and its fingerprint. */
public final class PlanText {

  private static final int LONGEST = 8000;

  private PlanText() {}

  /** The plan, readable; no more of it is written than is kept. */
  public static String of(LogicalPlan plan) {
    StringBuilder text = new StringBuilder();
    try {
      write(plan, SQLConf.get().maxToStringFields(), part -> begin(text, part));
    } catch (LongEnough enough) {
      return shortened(text.toString());
    }
    return shortened(text.toString());
  }

  private static void begin(StringBuilder text, String part) {
    text.append(part, 0, Math.min(part.length(), LONGEST + 1));
    if (text.length() > LONGEST) {
      throw new LongEnough();
    }
  }

  /** No more is wanted. */
  private static final class LongEnough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LongEnough() {
      super(null, null, false, false);
    }
  }

  /** The hash of a plan before it is resolved. */
  public static String hashOfBuilt(LogicalPlan built) {
    MessageDigest digest = Hashes.sha256();
    write(built, SQLConf.get().maxToStringFields(), part -> update(digest, part));
    return Hashes.text(digest);
  }

  /**
   * The hash of an analysed plan: equal questions have equal hashes, in every session and after
   * every restart. It covers the canonical plan in full, the rows that the plan brings along, and
   * the names and types of its columns. The plan's text is never there whole: a short question may
   * name a long constant many times.
   */
  public static String hash(LogicalPlan plan) {
    MessageDigest digest = Hashes.sha256();
    // Spark shortens what it prints; here nothing may be left out.
    write(plan.canonicalized(), Integer.MAX_VALUE, part -> update(digest, part));
    for (LogicalPlan leaf : Scala.<LogicalPlan>list(plan.collectLeaves())) {
      if (leaf instanceof LocalRelation local) {
        update(digest, "\n" + rows(local));
      }
    }
    for (Attribute column : Scala.<Attribute>list(plan.output())) {
      update(digest, "\n" + column.name() + " " + column.dataType().json());
    }
    return Hashes.text(digest);
  }

  public static String hash(String text) {
    return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
  }

  private static void update(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(LogicalPlan plan, int fields, Consumer<String> to) {
    plan.treeString(Scala.consumer(to), true, false, fields, false, false);
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
