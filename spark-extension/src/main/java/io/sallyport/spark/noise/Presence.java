package io.sallyport.spark.noise;

import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * Where a value is known to be there in every row of a plan: by a condition of the plan, or because
 * owners say which values a column has. Then the number of its values is that of the rows, and is
 * counted once. Should an owner be wrong, an average is, and nothing else: what is counted is
 * bounded just the same.
 *
 * @param plan whose rows
 */
record Presence(LogicalPlan plan) {

  /** Whether a value may be NULL in some row. */
  boolean mayBeNull(Expression value) {
    if (!value.nullable()) {
      return false;
    }
    return Scala.rewriteUp(
            value,
            part ->
                part instanceof Attribute column && isNever(column, plan, Presence::excludesNull)
                    ? column.withNullability(false)
                    : part)
        .nullable();
  }

  /** Whether a floating number may be NaN in some row. */
  boolean mayBeNaN(Expression value) {
    return !(column(value) instanceof Attribute column
        && isNever(column, plan, Presence::excludesNaN));
  }

  /** What a condition must be for a column never to have a value. */
  private interface Excludes {
    boolean test(Expression condition, Predicate<Expression> isColumn);
  }

  /** False for every operator that is not known to pass rows on as they are, or fewer of them. */
  private static boolean isNever(Attribute column, LogicalPlan plan, Excludes excludes) {
    if (plan instanceof SealedFrame leaf) {
      return isComplete(column, leaf);
    }
    if (plan instanceof SubqueryAlias named) {
      return isNever(column, named.child(), excludes);
    }
    if (plan instanceof Filter filter) {
      return isExcluded(column, filter.condition(), excludes)
          || isNever(column, filter.child(), excludes);
    }
    if (plan instanceof Join join && join.joinType().equals(Inner$.MODULE$)) {
      return Scala.optional(join.condition())
              .filter(condition -> isExcluded(column, condition, excludes))
              .isPresent()
          || isNever(column, join.left(), excludes)
          || isNever(column, join.right(), excludes);
    }
    return plan instanceof Project project
        && Scala.<NamedExpression>list(project.projectList()).stream()
            .filter(output -> output.exprId().equals(column.exprId()))
            .map(output -> output instanceof Alias alias ? alias.child() : (Expression) output)
            .anyMatch(
                own ->
                    own instanceof Attribute passed && isNever(passed, project.child(), excludes));
  }

  private static boolean isComplete(Attribute column, SealedFrame leaf) {
    return leaf.attributes().stream()
        .filter(own -> own.exprId().equals(column.exprId()))
        .flatMap(
            own ->
                leaf.table().frame().stream()
                    .map(frame -> frame.facts().columns().get(own.name().toLowerCase(Locale.ROOT))))
        .anyMatch(domain -> domain != null && domain.complete());
  }

  private static boolean isExcluded(Attribute column, Expression condition, Excludes excludes) {
    return conjuncts(condition)
        .anyMatch(
            one ->
                excludes.test(
                    one,
                    part ->
                        column(part) instanceof Attribute own
                            && own.exprId().equals(column.exprId())));
  }

  private static Stream<Expression> conjuncts(Expression condition) {
    return condition instanceof And and
        ? Stream.concat(conjuncts(and.left()), conjuncts(and.right()))
        : Stream.of(condition);
  }

  /** The column that a value is, but for casts between numbers with a point. */
  private static Expression column(Expression value) {
    return value instanceof Cast cast && isFloating(cast) && isFloating(cast.child())
        ? column(cast.child())
        : value;
  }

  private static boolean isFloating(Expression value) {
    return value.dataType() instanceof FloatType || value.dataType() instanceof DoubleType;
  }

  /** A comparison with NULL is NULL, and so is a cast of it. */
  private static boolean excludesNull(Expression condition, Predicate<Expression> isColumn) {
    Predicate<Expression> casts = value -> isColumn.test(withoutCasts(value));
    if (condition instanceof IsNotNull there) {
      return casts.test(there.child());
    }
    if (condition instanceof Not not && !(not.child() instanceof IsNotNull)) {
      return excludesNull(not.child(), isColumn);
    }
    return (condition instanceof BinaryComparison compared
            && !(compared instanceof EqualNullSafe)
            && (casts.test(compared.left()) || casts.test(compared.right())))
        || (condition instanceof In in && casts.test(in.value()));
  }

  private static Expression withoutCasts(Expression value) {
    return value instanceof Cast cast ? withoutCasts(cast.child()) : value;
  }

  /** NaN is greater than every number, and equal to none. */
  private static boolean excludesNaN(Expression condition, Predicate<Expression> isColumn) {
    if (condition instanceof Not not) {
      return not.child() instanceof IsNaN nan && isColumn.test(nan.child());
    }
    if (condition instanceof In in) {
      return isColumn.test(in.value())
          && Scala.<Expression>list(in.list()).stream().allMatch(Presence::isNumber);
    }
    if (condition instanceof EqualTo equal) {
      return (isColumn.test(equal.left()) && isNumber(equal.right()))
          || (isColumn.test(equal.right()) && isNumber(equal.left()));
    }
    if (condition instanceof LessThan || condition instanceof LessThanOrEqual) {
      List<Expression> sides = Scala.children(condition);
      return isColumn.test(sides.get(0)) && isNumber(sides.get(1));
    }
    if (condition instanceof GreaterThan || condition instanceof GreaterThanOrEqual) {
      List<Expression> sides = Scala.children(condition);
      return isColumn.test(sides.get(1)) && isNumber(sides.get(0));
    }
    return false;
  }

  private static boolean isNumber(Expression value) {
    if (value instanceof Cast cast) {
      return isNumber(cast.child());
    }
    Object number = value instanceof Literal literal ? literal.value() : null;
    return number != null && !number.equals(Double.NaN) && !number.equals(Float.NaN);
  }
}
