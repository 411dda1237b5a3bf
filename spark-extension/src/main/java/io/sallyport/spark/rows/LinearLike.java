package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * LIKE in a time that grows with the text as its length does. Spark makes a regular expression of
 * the pattern, which goes back to each {@code %} for each place of those after it: with three, a
 * long text takes minutes. The value is the same. Patterns that Spark's optimizer makes a
 * comparison of are left to it.
 */
public final class LinearLike extends Expression implements CodegenFallback, Serializable {

  private static final long serialVersionUID = 1L;

  /** With at most one % inside, or one at either end. */
  private static final Pattern SIMPLE = Pattern.compile("[^%_\\\\]*%?[^%_\\\\]*|%[^%_\\\\]*%");

  private final Expression text;
  private final Expression pattern;
  private final char escape;

  // Read once per task: admitted patterns are constants.
  private transient LikePattern read;

  LinearLike(Expression text, Expression pattern, char escape) {
    this.text = text;
    this.pattern = pattern;
    this.escape = escape;
  }

  /** The same plan, its subqueries too, with LIKE and regular expressions in their linear forms. */
  public static LogicalPlan in(LogicalPlan plan) {
    return Scala.rewriteUpWithSubqueries(
        plan, node -> Scala.rewriteExpressions(node, LinearLike::of));
  }

  /** LIKE, ILIKE and regular expressions in their linear forms, others as they are. */
  public static Expression of(Expression expression) {
    if (expression instanceof ILike like) {
      return new LinearLike(new Lower(like.left()), new Lower(like.right()), like.escapeChar());
    }
    return expression instanceof Like like && !isSimple(like.right(), like.escapeChar())
        ? new LinearLike(like.left(), like.right(), like.escapeChar())
        : LinearRegex.of(expression);
  }

  private static boolean isSimple(Expression pattern, char escape) {
    return pattern instanceof Literal literal
        && literal.value() != null
        && literal.value().toString().indexOf(escape) < 0
        && SIMPLE.matcher(literal.value().toString()).matches();
  }

  @Override
  public Object eval(InternalRow row) {
    Object value = text.eval(row);
    Object like = value == null ? null : pattern.eval(row);
    if (like == null) {
      return null;
    }
    String written = like.toString();
    if (read == null || !read.isOf(written)) {
      read = LikePattern.of(written, escape);
    }
    return read.matches(value.toString());
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public boolean nullable() {
    return text.nullable() || pattern.nullable();
  }

  /** False: the optimizer would search constants on the driver, where nothing ends it. */
  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public Seq<Expression> children() {
    return Scala.seq(List.of(text, pattern));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new LinearLike(newChildren.apply(0), newChildren.apply(1), escape);
  }

  @Override
  public String prettyName() {
    return "like";
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> text;
      case 1 -> pattern;
      case 2 -> escape;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LinearLike;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearLike that
        && escape == that.escape
        && text.equals(that.text)
        && pattern.equals(that.pattern);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, pattern, escape);
  }
}
