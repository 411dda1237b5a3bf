package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Finds by what a join condition picks at most one free row: equal columns, and an interval. */
final class FreeKeys {

  /** One end of an interval: what is compared with it, and whether it belongs to it. */
  private record End(Expression measured, Expression free, boolean low, boolean closed) {}

  private final Set<ExprId> columns;

  private FreeKeys(Set<ExprId> columns) {
    this.columns = columns;
  }

  static FreeKey of(LogicalPlan free, List<Expression> conjuncts) {
    Set<ExprId> own =
        Scala.<Attribute>list(free.output()).stream()
            .map(Attribute::exprId)
            .collect(Collectors.toUnmodifiableSet());
    FreeKeys keys = new FreeKeys(own);
    List<Expression> equated = new ArrayList<>();
    List<End> ends = new ArrayList<>();
    for (Expression conjunct : conjuncts) {
      keys.equated(conjunct).ifPresent(equated::add);
      keys.end(conjunct).ifPresent(ends::add);
    }
    return new FreeKey(free, equated, band(ends));
  }

  private static Optional<FreeKey.Band> band(List<End> ends) {
    for (End low : ends) {
      for (End high : ends) {
        if (low.low()
            && !high.low()
            && low.measured().canonicalized().equals(high.measured().canonicalized())
            && low.free().dataType().equals(high.free().dataType())) {
          return Optional.of(
              new FreeKey.Band(low.free(), high.free(), low.closed() && high.closed()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Expression> equated(Expression conjunct) {
    if (conjunct instanceof EqualTo equal) {
      if (isFree(equal.left()) && isMeasured(equal.right())) {
        return Optional.of(equal.left());
      }
      if (isFree(equal.right()) && isMeasured(equal.left())) {
        return Optional.of(equal.right());
      }
    }
    return Optional.empty();
  }

  private Optional<End> end(Expression conjunct) {
    if (conjunct instanceof LessThan c) {
      return end(c.left(), c.right(), false);
    }
    if (conjunct instanceof LessThanOrEqual c) {
      return end(c.left(), c.right(), true);
    }
    if (conjunct instanceof GreaterThan c) {
      return end(c.right(), c.left(), false);
    }
    if (conjunct instanceof GreaterThanOrEqual c) {
      return end(c.right(), c.left(), true);
    }
    return Optional.empty();
  }

  private Optional<End> end(Expression smaller, Expression greater, boolean closed) {
    if (isFree(smaller) && isMeasured(greater)) {
      return Optional.of(new End(greater, smaller, true, closed));
    }
    return isFree(greater) && isMeasured(smaller)
        ? Optional.of(new End(smaller, greater, false, closed))
        : Optional.empty();
  }

  /** Whether it is computed of free columns alone, and of some. */
  private boolean isFree(Expression expression) {
    List<ExprId> used = references(expression);
    return !used.isEmpty() && used.stream().allMatch(columns::contains);
  }

  private boolean isMeasured(Expression expression) {
    List<ExprId> used = references(expression);
    return used.stream().noneMatch(columns::contains);
  }

  static List<ExprId> references(Expression expression) {
    if (expression instanceof AttributeReference column) {
      return List.of(column.exprId());
    }
    return Scala.children(expression).stream().flatMap(c -> references(c).stream()).toList();
  }
}
