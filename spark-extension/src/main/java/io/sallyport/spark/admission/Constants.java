package io.sallyport.spark.admission;

import io.sallyport.spark.rows.LinearLike;
import io.sallyport.spark.scala.Scala;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;

/** The values of a plan's constants, each computed once: of the values of its operands. */
final class Constants {

  private final IdentityHashMap<Expression, Expression> folded = new IdentityHashMap<>();

  /** Whether a constant expression has a value, instead of failing. */
  boolean hasValue(Expression constant) {
    return folded(constant) instanceof Literal;
  }

  /** Its value, or itself over the values of its operands where it fails. */
  private Expression folded(Expression constant) {
    if (constant instanceof Literal || !constant.foldable()) {
      return constant;
    }
    Expression known = folded.get(constant);
    if (known == null) {
      known = fold(constant);
      folded.put(constant, known);
    }
    return known;
  }

  private Expression fold(Expression constant) {
    Expression linear = LinearLike.of(constant);
    if (linear instanceof RuntimeReplaceable shorthand) {
      return folded(shorthand.replacement());
    }
    List<Expression> operands = Scala.children(linear).stream().map(this::folded).toList();
    Expression over = operands.isEmpty() ? linear : Scala.withChildren(linear, operands);
    try {
      return new Literal(over.eval(InternalRow.empty()), constant.dataType());
    } catch (Exception e) { // some of Spark's are checked, and Scala does not declare them
      return over;
    }
  }
}
