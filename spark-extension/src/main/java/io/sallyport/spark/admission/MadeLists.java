package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.LinearRegex;
import io.sallyport.spark.scala.Scala;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.ArrayDistinct;
import org.apache.spark.sql.catalyst.expressions.ArrayJoin;
import org.apache.spark.sql.catalyst.expressions.ArrayMax;
import org.apache.spark.sql.catalyst.expressions.ArrayMin;
import org.apache.spark.sql.catalyst.expressions.ArrayPosition;
import org.apache.spark.sql.catalyst.expressions.ArrayRemove;
import org.apache.spark.sql.catalyst.expressions.ArraySize;
import org.apache.spark.sql.catalyst.expressions.ArraysOverlap;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Get;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.catalyst.expressions.Slice;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.TryElementAt;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.types.ArrayType;

/**
 * Lists and structs that a question makes of one row: something is taken from them at once, an
 * element, a field, a number. No column holds one. Lists of constants and of numbers of groups may
 * stand anywhere.
 */
final class MadeLists {

  private static final Set<Class<?>> MAKERS =
      Set.of(
          StringSplit.class,
          CreateArray.class,
          ArrayDistinct.class,
          ArrayRemove.class,
          SortArray.class,
          Slice.class,
          CreateNamedStruct.class);

  /** What takes something from a list, or makes another that something is taken from. */
  private static final Set<Class<?>> TAKERS =
      Set.of(
          GetArrayItem.class,
          Get.class,
          ElementAt.class,
          TryElementAt.class,
          Size.class,
          ArraySize.class,
          ArrayContains.class,
          ArrayMax.class,
          ArrayMin.class,
          ArrayPosition.class,
          ArrayJoin.class,
          ArraysOverlap.class,
          ArrayDistinct.class,
          ArrayRemove.class,
          SortArray.class,
          Slice.class,
          GetStructField.class);

  private MadeLists() {}

  /**
   * Judges an expression of an operator.
   *
   * @throws RefusedException when it is such a list itself
   */
  static void whole(Expression expression) {
    Expression value = expression instanceof Alias alias ? alias.child() : expression;
    if (isMade(value)) {
      throw asAList(value);
    }
  }

  /**
   * Judges the operands of an expression.
   *
   * @throws RefusedException when one is a list that nothing is taken from, or split at what takes
   *     no linear time
   */
  static void operandsOf(Expression expression) {
    for (Expression operand : Scala.children(expression)) {
      if (isMade(operand) && !isOfList(expression)) {
        throw asAList(operand);
      }
    }
    if (expression instanceof StringSplit) {
      separator(Scala.children(expression).get(1));
    }
  }

  /** Judges what split splits at. */
  static void separator(Expression separator) {
    if (!LinearRegex.isPlain(separator)) {
      RegexPatterns.separator(separator);
    }
  }

  private static boolean isMade(Expression expression) {
    return isListCast(expression)
        ? isMade(Scala.children(expression).get(0))
        : MAKERS.contains(expression.getClass())
            && !expression.foldable()
            && !isOfAggregates(expression);
  }

  /** Of numbers of a group: such lists are parts of the answer. */
  private static boolean isOfAggregates(Expression list) {
    return Scala.children(list).stream()
        .allMatch(part -> part instanceof AggregateExpression || part.foldable());
  }

  private static boolean isOfList(Expression expression) {
    return TAKERS.contains(expression.getClass()) || isListCast(expression);
  }

  /** Spark casts lists so that their elements are of one type. */
  private static boolean isListCast(Expression expression) {
    return expression instanceof Cast && expression.dataType() instanceof ArrayType;
  }

  private static RefusedException asAList(Expression made) {
    String name = made.prettyName();
    return RefusedException.of(
        RefusalCode.FUNCTION_NOT_ALLOWED,
        name + " is used as a list",
        "something taken from it at once: split(text, '-')[0], size(...), array_contains(..., x),"
            + " array_max(...)");
  }
}
