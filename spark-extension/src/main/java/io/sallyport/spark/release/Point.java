package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.label.AggregateTerm;
import io.sallyport.spark.label.Contribution;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * A release point as the chamber measures it.
 *
 * @param keys its grouping expressions, over the columns of the input
 * @param shown its output columns
 * @param terms its aggregate functions
 * @param contributions what rows contribute to its sums
 * @param input its input, with the units
 * @param frames the frames with an obligation, in their order
 * @param countRows those of them whose unit is the row
 */
record Point(
    List<Expression> keys,
    List<NamedExpression> shown,
    List<AggregateTerm> terms,
    List<Expression> contributions,
    CarriedPlan input,
    List<FrameName> frames,
    Set<FrameName> countRows) {

  static Point of(Aggregate aggregate, List<Obligation> obligations, List<FrameTable> tables) {
    List<AggregateTerm> terms = AggregateTerm.of(aggregate);
    Set<FrameName> countRows =
        tables.stream()
            .filter(table -> table.frame().orElseThrow().unit().isRow())
            .map(FrameTable::name)
            .collect(Collectors.toUnmodifiableSet());
    return new Point(
        Scala.list(aggregate.groupingExpressions()),
        Scala.list(aggregate.aggregateExpressions()),
        terms,
        largest(obligations) == 0 ? List.of() : Contribution.of(aggregate, terms),
        obligations.isEmpty()
            ? new CarriedPlan(aggregate.child(), Map.of())
            : CarryUnits.through(aggregate.child()),
        obligations.stream().map(Obligation::frame).toList(),
        countRows);
  }

  private static int largest(List<Obligation> obligations) {
    return obligations.stream()
        .flatMap(obligation -> obligation.alternatives().stream())
        .mapToInt(requirement -> requirement.largest())
        .max()
        .orElse(0);
  }

  /** The same rows as one group, of which nothing is shown. */
  Point asOneGroup(CarriedPlan rows) {
    return new Point(List.of(), List.of(), terms, contributions, rows, frames, countRows);
  }

  boolean isGlobal() {
    return keys.isEmpty();
  }

  /** The key columns as attributes, to sort by. */
  List<Attribute> keyAttributes() {
    return keys.stream().map(key -> Catalyst.alias(key, "key").toAttribute()).toList();
  }

  List<AggregateTerm> conditionalTerms() {
    return terms.stream().filter(AggregateTerm::isConditional).toList();
  }

  boolean isConditional() {
    return !conditionalTerms().isEmpty();
  }

  /** The number of distinct units of a frame in the rows that meet the condition. */
  Expression units(FrameName frame, Expression condition) {
    Expression unit = Catalyst.where(condition, input.units().get(frame));
    return countRows.contains(frame) ? Catalyst.count(List.of(unit)) : Catalyst.countDistinct(unit);
  }
}
