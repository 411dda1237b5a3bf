package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.Option;

/** Whether a join condition ties the two sides person by person. */
public final class UnitEquality {

  private UnitEquality() {}

  /** Whether a top-level conjunct equates a unit column of one side with one of the other. */
  static boolean aligns(Option<Expression> condition, Set<ExprId> left, Set<ExprId> right) {
    return conjuncts(condition).stream().anyMatch(conjunct -> aligns(conjunct, left, right));
  }

  /** Plain equality only: {@code <=>} would tie people without a unit to each other. */
  static boolean aligns(Expression conjunct, Set<ExprId> left, Set<ExprId> right) {
    if (conjunct instanceof EqualTo equal
        && equal.left() instanceof AttributeReference a
        && equal.right() instanceof AttributeReference b) {
      return (left.contains(a.exprId()) && right.contains(b.exprId()))
          || (left.contains(b.exprId()) && right.contains(a.exprId()));
    }
    return false;
  }

  static List<Expression> conjuncts(Option<Expression> condition) {
    List<Expression> conjuncts = new ArrayList<>();
    Scala.optional(condition).ifPresent(expression -> split(expression, conjuncts));
    return conjuncts;
  }

  private static void split(Expression expression, List<Expression> into) {
    if (expression instanceof And and) {
      split(and.left(), into);
      split(and.right(), into);
    } else {
      into.add(expression);
    }
  }
}
