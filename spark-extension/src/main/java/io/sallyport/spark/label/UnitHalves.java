package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;

/**
 * After an outer join on the unit, a row has its person in the one side's column or in the other's,
 * or in both, and then it is the same. So {@code coalesce} over both, which is what {@code USING}
 * makes, holds the person of every row.
 *
 * @param left unit columns of the one side, each the row's person or NULL
 * @param right those of the other
 */
public record UnitHalves(Set<ExprId> left, Set<ExprId> right) {

  static final UnitHalves NONE = new UnitHalves(Set.of(), Set.of());

  public UnitHalves {
    left = Set.copyOf(left);
    right = Set.copyOf(right);
  }

  /** The columns of a projection that put the halves together. */
  Set<ExprId> joined(List<NamedExpression> list) {
    Set<ExprId> joined = new HashSet<>();
    for (NamedExpression column : list) {
      if (column instanceof Alias alias && isJoined(alias.child())) {
        joined.add(column.exprId());
      }
    }
    return joined;
  }

  /** Whether an expression puts the halves together. */
  boolean isJoined(Expression expression) {
    if (!(expression instanceof Coalesce coalesce)) {
      return false;
    }
    List<Expression> parts = Scala.children(coalesce);
    return parts.stream().allMatch(part -> isIn(left, part) || isIn(right, part))
        && parts.stream().anyMatch(part -> isIn(left, part))
        && parts.stream().anyMatch(part -> isIn(right, part));
  }

  /** The halves that a projection passes on. */
  UnitHalves surviving(List<NamedExpression> list) {
    return new UnitHalves(RowFlows.surviving(left, list), RowFlows.surviving(right, list));
  }

  private static boolean isIn(Set<ExprId> half, Expression part) {
    return part instanceof AttributeReference column && half.contains(column.exprId());
  }
}
