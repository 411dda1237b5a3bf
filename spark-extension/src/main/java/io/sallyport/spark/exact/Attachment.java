package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.JoinType$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is looked up for each measured row: at most one row of another relation, or whether there is
 * one. It keeps every measured row, once.
 *
 * @param right the other relation; when it is looked up, its last column marks its rows
 * @param condition which of its rows belong to a measured row
 * @param marker NULL or false where none does
 * @param existence whether it is only asked whether there is one
 * @param once what must hold of the other relation so that no row is repeated
 */
record Attachment(
    LogicalPlan right,
    Optional<Expression> condition,
    Attribute marker,
    boolean existence,
    Optional<FreeKey> once) {

  /** Looks up at most one row of the relation. */
  static Attachment lookup(
      LogicalPlan relation, Optional<Expression> condition, Optional<FreeKey> once) {
    Alias marker = Catalyst.alias(Catalyst.yes(), "matching row");
    LogicalPlan marked = Catalyst.withColumns(relation, List.of(marker));
    return new Attachment(
        marked, condition, marker.toAttribute().withNullability(true), false, once);
  }

  /** Asks whether there is a row of the relation. */
  static Attachment existence(LogicalPlan relation, Optional<Expression> condition) {
    Attribute exists = Catalyst.attribute("exists", DataTypes.BooleanType, false);
    return new Attachment(relation, condition, exists, true, Optional.empty());
  }

  /** Whether a measured row has its row there; never NULL. */
  Expression matched() {
    return existence ? marker : new IsNotNull(marker);
  }

  LogicalPlan to(LogicalPlan measured) {
    JoinType type = existence ? new ExistenceJoin(marker) : JoinType$.MODULE$.apply("leftouter");
    return new Join(
        measured, right, type, condition.map(Scala::some).orElseGet(Scala::none), JoinHint.NONE());
  }

  /** The same with its condition written otherwise. */
  Attachment with(UnaryOperator<Expression> change) {
    return new Attachment(right, condition.map(change), marker, existence, once);
  }

  boolean isSame(Attachment other) {
    return existence == other.existence
        && right.sameResult(other.right)
        && Scala.<Attribute>list(right.output()).stream()
            .map(Attribute::exprId)
            .toList()
            .equals(
                Scala.<Attribute>list(other.right.output()).stream()
                    .map(Attribute::exprId)
                    .toList())
        && condition
            .map(Expression::canonicalized)
            .equals(other.condition.map(Expression::canonicalized));
  }
}
