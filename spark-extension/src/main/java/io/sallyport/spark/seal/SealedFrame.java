package io.sallyport.spark.seal;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.spark.sql.catalyst.analysis.MultiInstanceRelation;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The sealed leaf: a table's columns, without its rows.
 *
 * <p>An analyst's plan holds this node wherever it names a table. It resolves columns, and that is
 * all it can do: no strategy plans it ({@link SealGuard} refuses it by name, and Spark itself has
 * none for it), so a plan that still holds one cannot run. Only the chamber, which replaces it by
 * the real relation in a plan of its own, reads rows.
 *
 * <p>Two leaves of one frame are different leaves: each has attributes of its own.
 */
public final class SealedFrame extends LogicalPlan implements MultiInstanceRelation {

  private static final long serialVersionUID = 1L;

  /** Spark's own canonical attributes have equal identities in every JVM too. */
  private static final UUID CANONICAL = new UUID(0, 0);

  private final transient FrameTable table;
  private final transient List<Attribute> attributes;

  // Public, with exactly the product's elements: Catalyst copies nodes by reflection.
  public SealedFrame(FrameTable table, List<Attribute> attributes) {
    this.table = Objects.requireNonNull(table, "table");
    this.attributes = List.copyOf(attributes);
  }

  /** A leaf with new attributes. Column metadata stays outside: it may carry the owner's notes. */
  public static SealedFrame of(FrameTable table) {
    List<Attribute> attributes = new ArrayList<>();
    for (StructField field : Arrays.asList(table.schema().fields())) {
      attributes.add(
          new AttributeReference(
              field.name(),
              field.dataType(),
              field.nullable(),
              Metadata.empty(),
              NamedExpression.newExprId(),
              Scala.seq(List.of(table.name().value().split("\\.")))));
    }
    return new SealedFrame(table, attributes);
  }

  public FrameTable table() {
    return table;
  }

  /** The names of all governed frames that a plan is about, its subqueries included, in order. */
  public static List<String> names(LogicalPlan plan) {
    SortedSet<String> names = new TreeSet<>();
    LogicalPlan unused = // nothing is changed
        Scala.rewriteUpWithSubqueries(
            plan,
            node -> {
              if (node instanceof SealedFrame leaf && leaf.table.isGoverned()) {
                names.add(leaf.table.name().value());
              }
              return node;
            });
    return List.copyOf(names);
  }

  /** Whether no governed frame has a part in a plan's rows; public tables may. */
  public static boolean isFree(LogicalPlan plan) {
    return Scala.<LogicalPlan>list(plan.collectLeaves()).stream()
        .noneMatch(leaf -> leaf instanceof SealedFrame frame && frame.table.isGoverned());
  }

  public List<Attribute> attributes() {
    return attributes;
  }

  @Override
  public LogicalPlan newInstance() {
    return of(table);
  }

  /** Leaves of one table are the same question, whichever identities their columns have. */
  @Override
  public LogicalPlan doCanonicalize() {
    List<Attribute> same = new ArrayList<>();
    for (Attribute column : attributes) {
      same.add(
          column.withExprId(new ExprId(same.size(), CANONICAL)).withQualifier(Scala.noElements()));
    }
    return new SealedFrame(table, same);
  }

  @Override
  public Seq<Attribute> output() {
    return Scala.seq(attributes);
  }

  @Override
  public Seq<LogicalPlan> children() {
    return Scala.noElements();
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
    return this;
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> table;
      case 1 -> attributes;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SealedFrame;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedFrame that
        && table.equals(that.table)
        && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(table, attributes);
  }

  @Override
  public String simpleString(int maxFields) {
    return "SealedFrame " + table.name().value();
  }
}
