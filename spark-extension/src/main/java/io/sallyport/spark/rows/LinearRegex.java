package io.sallyport.spark.rows;

import io.sallyport.spark.regex.Regex;
import io.sallyport.spark.regex.TooMuchWorkException;
import io.sallyport.spark.regex.UnreadablePatternException;
import io.sallyport.spark.scala.Scala;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Spark's functions of regular expressions in a time that grows with the text as its length does.
 * Java's engine goes back to each repetition, and can take longer than anybody waits for one text
 * of forty characters. The value is Spark's; it is NULL for a text that many matches, each found by
 * reading far ahead, would make one read too often.
 */
public final class LinearRegex extends Expression implements CodegenFallback, Serializable {

  private static final long serialVersionUID = 1L;

  /** Ordinary characters, escaped ones, white space; the last of them may be repeated. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?:[^\\\\^$.|?*+()\\[\\]{}]|\\\\[^A-Za-z0-9]|\\\\s|\\[[^\\\\\\]\\[^&-]\\]){0,32}\\+?");

  private final RegexUse use;
  private final List<Expression> operands;
  private final DataType type;

  // Read once per task: admitted patterns are constants.
  private transient Regex read;

  private LinearRegex(RegexUse use, List<Expression> operands, DataType type) {
    this.use = use;
    this.operands = List.copyOf(operands);
    this.type = type;
  }

  /** Such a function in this form; other expressions as they are. */
  static Expression of(Expression expression) {
    RegexUse use = RegexUse.OF.get(expression.getClass());
    List<Expression> operands = Scala.children(expression);
    return use == null || (expression instanceof StringSplit && isPlain(operands.get(1)))
        ? expression
        : new LinearRegex(use, operands, expression.dataType());
  }

  /** Whether a separator stands for itself, so that Java's engine never goes back. */
  public static boolean isPlain(Expression separator) {
    return separator instanceof Literal literal
        && literal.value() != null
        && PLAIN.matcher(literal.value().toString()).matches();
  }

  @Override
  public Object eval(InternalRow row) {
    List<Object> values = new ArrayList<>();
    for (Expression operand : operands) {
      Object value = operand.eval(row);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    try {
      String pattern = values.get(1).toString();
      if (read == null || !read.isOf(pattern)) {
        read = Regex.of(pattern);
      }
      return use.of(read, values.get(0).toString(), values.subList(2, values.size()));
    } catch (TooMuchWorkException | UnreadablePatternException e) {
      return null; // patterns that cannot be read are refused before
    }
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public DataType dataType() {
    return type;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  /** False: the optimizer would search constants on the driver, where nothing ends it. */
  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public Seq<Expression> children() {
    return Scala.seq(operands);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new LinearRegex(use, Scala.list(newChildren), type);
  }

  @Override
  public String prettyName() {
    return "linear_" + use.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> use;
      case 1 -> Scala.seq(operands);
      case 2 -> type;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LinearRegex;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearRegex that
        && use == that.use
        && operands.equals(that.operands)
        && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(use, operands, type);
  }
}
