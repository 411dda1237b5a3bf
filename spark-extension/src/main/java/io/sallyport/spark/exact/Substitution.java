package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionDef;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.With;

/** Writes an expression over a node's columns as one over the columns that are stored. */
final class Substitution {

  /** So many parts may an expression have when all names in it are written out. */
  private static final int MOST_PARTS = 20_000;

  private final Map<ExprId, Expression> columns;

  Substitution(Map<ExprId, Expression> columns) {
    this.columns = columns;
  }

  /**
   * @throws Unreadable when the expression grows too large
   */
  Expression in(Expression expression) {
    Expression written = Scala.rewriteUp(expression, this::replaced);
    if (size(written, 0) > MOST_PARTS) {
      throw new Unreadable(
          RefusalCode.LIMIT_EXCEEDED,
          "an expression has more than " + MOST_PARTS + " parts",
          "a shorter expression");
    }
    return written;
  }

  private Expression replaced(Expression part) {
    if (part instanceof AttributeReference column) {
      return columns.getOrDefault(column.exprId(), column);
    }
    return part instanceof With with ? writtenOut(with) : part;
  }

  private static Expression writtenOut(With with) {
    Map<Object, Expression> named = new HashMap<>();
    for (CommonExpressionDef definition : Scala.<CommonExpressionDef>list(with.defs())) {
      named.put(definition.id(), definition.child());
    }
    return Scala.rewriteUp(
        with.child(),
        part ->
            part instanceof CommonExpressionRef reference && named.containsKey(reference.id())
                ? named.get(reference.id())
                : part);
  }

  private static int size(Expression expression, int before) {
    int size = before + 1;
    List<Expression> children = Scala.children(expression);
    for (int i = 0; i < children.size() && size <= MOST_PARTS; i++) {
      size = size(children.get(i), size);
    }
    return size;
  }
}
