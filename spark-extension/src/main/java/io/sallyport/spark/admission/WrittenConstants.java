package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.SpecialFrameBoundary;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Tail;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple3;

/**
 * The constants that Spark's analysis evaluates while it resolves a plan: cells of VALUES, numbers
 * of rows, percentages, patterns. It looks at no clock and at no interrupt while it does, and
 * {@code VALUES (repeat('a', 2000000000))} is two gigabytes. So each is written out: literals, and
 * what takes no longer than reading them. Judged before analysis, on what the parser or the client
 * made.
 */
final class WrittenConstants {

  /** Which operands of functions are evaluated. */
  private static final Map<String, Set<Integer>> PLACES =
      Map.ofEntries(
          Map.entry("ntile", Set.of(0)),
          Map.entry("lag", Set.of(1)),
          Map.entry("lead", Set.of(1)),
          Map.entry("percentile", Set.of(1)),
          Map.entry("percentile_approx", Set.of(1, 2)),
          Map.entry("approx_percentile", Set.of(1, 2)),
          Map.entry("histogram_numeric", Set.of(1)),
          Map.entry("approx_count_distinct", Set.of(1)),
          Map.entry("substring_index", Set.of(2)),
          Map.entry("round", Set.of(1)),
          Map.entry("bround", Set.of(1)),
          Map.entry("ceil", Set.of(1)),
          Map.entry("ceiling", Set.of(1)),
          Map.entry("floor", Set.of(1)),
          Map.entry("format_number", Set.of(1)),
          Map.entry("extract", Set.of(0)),
          Map.entry("date_part", Set.of(0)),
          Map.entry("datepart", Set.of(0)),
          Map.entry("split", Set.of(1)),
          Map.entry("like", Set.of(1)),
          Map.entry("ilike", Set.of(1)));

  /** What a constant may be made of, by class, and by name where names are not yet looked up. */
  private static final Set<Class<?>> PARTS =
      Set.of(
          Literal.class,
          Alias.class,
          Cast.class,
          UnaryMinus.class,
          UnaryPositive.class,
          Abs.class,
          Add.class,
          Subtract.class,
          Multiply.class,
          Divide.class,
          IntegralDivide.class,
          Remainder.class,
          Concat.class,
          CreateArray.class,
          CreateNamedStruct.class);

  private static final Set<String> NAMED_PARTS =
      Set.of(
          "+",
          "-",
          "*",
          "/",
          "%",
          "div",
          "mod",
          "negative",
          "positive",
          "abs",
          "pow",
          "power",
          "sqrt",
          "pi",
          "e",
          "round",
          "||",
          "concat",
          "upper",
          "lower",
          "array",
          "struct",
          "named_struct",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "float",
          "double",
          "decimal",
          "string",
          "boolean",
          "date",
          "timestamp",
          "to_date",
          "to_timestamp",
          "make_date");

  private WrittenConstants() {}

  /**
   * Judges a plan that is not yet analysed.
   *
   * @throws RefusedException PARAM_INVALID for a constant that is computed by more than arithmetic,
   *     or out of its range; LIMIT_EXCEEDED for a text of constants that would be too long
   */
  static void require(LogicalPlan built) {
    if (built instanceof UnresolvedInlineTable table) {
      for (var row : Scala.<scala.collection.immutable.Seq<Expression>>list(table.rows())) {
        Scala.<Expression>list(row).forEach(cell -> constant(cell, "a value of VALUES"));
      }
    } else if (built instanceof Pivot pivot) {
      Scala.<Expression>list(pivot.pivotValues()).forEach(v -> constant(v, "a value of PIVOT"));
    } else if (built instanceof GlobalLimit
        || built instanceof LocalLimit
        || built instanceof Offset
        || built instanceof Tail) {
      Scala.<Expression>list(built.expressions())
          .forEach(number -> constant(number, "the number of LIMIT or OFFSET"));
    } else if (built instanceof UnresolvedWith with) {
      for (Tuple3<String, SubqueryAlias, ?> table : Scala.list(with.cteRelations())) {
        require(table._2());
      }
    }
    for (Expression expression : Scala.<Expression>list(built.expressions())) {
      expression(expression);
      WrittenSizes.require(expression);
    }
    Scala.children(built).forEach(WrittenConstants::require);
  }

  private static void expression(Expression expression) {
    if (expression instanceof SubqueryExpression subquery) {
      require(subquery.plan());
    } else if (expression instanceof UnresolvedFunction function) {
      function(name(function), Scala.list(function.arguments()));
    } else if (expression instanceof SpecifiedWindowFrame frame) {
      Scala.children(frame).forEach(distance -> constant(distance, "a distance of ROWS"));
    } else if (expression instanceof Like || expression instanceof ILike) {
      function("like", Scala.children(expression));
    } else if (expression instanceof RLike) {
      function("rlike", Scala.children(expression));
    }
    Scala.children(expression).forEach(WrittenConstants::expression);
  }

  private static void function(String name, List<Expression> arguments) {
    for (int place : PLACES.getOrDefault(name, Set.of())) {
      if (place < arguments.size()) {
        constant(arguments.get(place), "an argument of " + name + " (the " + th(place) + ")");
      }
    }
    NumberArguments.require(name, arguments);
    switch (name) {
      case "split" -> {
        if (arguments.size() > 1 && arguments.get(1) instanceof Literal) {
          MadeLists.separator(arguments.get(1));
        }
        RegexPatterns.ofWritten(name, arguments);
      }
      case "like", "ilike" -> LikePatterns.ofWritten(arguments);
      case "rlike",
          "regexp",
          "regexp_like",
          "regexp_extract",
          "regexp_replace",
          "regexp_count",
          "regexp_substr",
          "regexp_instr" ->
          RegexPatterns.ofWritten(name, arguments);
      default -> {}
    }
  }

  private static String th(int place) {
    return List.of("first", "second", "third").get(place);
  }

  private static void constant(Expression expression, String what) {
    if (namesNothing(expression) && !isWritten(expression)) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          what + " is computed",
          "a constant as it is: a number, text, DATE'2020-01-31', NULL, CAST(...) of one, or"
              + " arithmetic of them");
    }
  }

  /** Whether there is no column in it, so that Spark may take it for a constant. */
  static boolean namesNothing(Expression expression) {
    return !(expression instanceof Attribute
            || expression instanceof Star
            || expression instanceof SubqueryExpression)
        && Scala.children(expression).stream().allMatch(WrittenConstants::namesNothing);
  }

  private static boolean isWritten(Expression expression) {
    boolean part =
        PARTS.contains(expression.getClass())
            || expression instanceof SpecialFrameBoundary
            || (expression instanceof UnresolvedFunction function
                && NAMED_PARTS.contains(name(function)));
    return part && Scala.children(expression).stream().allMatch(WrittenConstants::isWritten);
  }

  /** A function's name as the list has it. */
  static String name(UnresolvedFunction function) {
    List<String> parts = Scala.list(function.nameParts());
    return parts.get(parts.size() - 1).toLowerCase(Locale.ROOT);
  }
}
