package io.sallyport.spark.label;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Objection;
import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.spark.scala.Scala;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * What stands against a release point as an aggregation over people: its keys and its functions.
 */
final class ReleaseObjections {

  private final ExpressionLabels labels;
  private final Set<FrameName> frames;
  private final Set<ExprId> unitColumns;
  private Objections found;

  private ReleaseObjections(NodeLabel input) {
    this.labels = new ExpressionLabels(input.columns());
    this.frames = input.rows().governed();
    this.unitColumns =
        input.rows() instanceof RowLabel.Owned owned ? owned.unitColumns() : Set.of();
    this.found = input.objections();
    if (input.rows() instanceof RowLabel.Mixed mixed) {
      mixed.why().forEach((frame, why) -> found = found.and(frame, why));
    }
  }

  static Objections of(Aggregate aggregate, NodeLabel input) {
    ReleaseObjections objections = new ReleaseObjections(input);
    Scala.<Expression>list(aggregate.groupingExpressions()).forEach(objections::key);
    AggregateTerm.of(aggregate).forEach(objections::term);
    return objections.found;
  }

  private void key(Expression key) {
    for (ColumnRef identifier : labels.of(key).identifiers()) {
      found =
          found.and(
              identifier.frame(),
              new Objection(
                  RefusalCode.KEY_NOT_ALLOWED,
                  "the aggregate groups by " + identifier + ", a direct identifier",
                  "groups by other columns"));
    }
  }

  private void term(AggregateTerm term) {
    String name = term.function().aggregateFunction().prettyName();
    term.conditions().forEach(condition -> condition(name, condition));
    if (term.family().isEmpty()) {
      againstAll(
          RefusalCode.AGG_NOT_ALLOWED,
          name + " can show one person's value",
          "count, sum, avg, stddev, variance, covar, corr or regr_*");
    } else if (term.function().isDistinct()) {
      distinct(term, name);
    } else {
      boolean counts = term.family().get() == AggregateFamily.COUNT;
      term.branches().stream()
          .flatMap(branch -> branch.values().stream())
          .filter(value -> !(counts && isUnit(value)))
          .forEach(value -> argument(name, value));
    }
  }

  /** A condition inside an aggregate is a filter, and may use what a filter may. */
  private void condition(String function, Expression condition) {
    for (ColumnRef identifier : labels.of(condition).identifiers()) {
      found =
          found.and(
              identifier.frame(),
              new Objection(
                  RefusalCode.PREDICATE_NOT_ALLOWED,
                  "a condition inside "
                      + function
                      + " uses "
                      + identifier
                      + ", a direct identifier",
                  "a condition on other columns"));
    }
  }

  private void distinct(AggregateTerm term, String name) {
    boolean people =
        term.function().aggregateFunction().getClass() == Count.class
            && term.branches().stream().allMatch(this::countsPeople);
    if (!people) {
      againstAll(
          RefusalCode.AGG_NOT_ALLOWED,
          name + "(DISTINCT ...) of a column that is not the privacy unit",
          "count(DISTINCT ...) of the privacy-unit column, or the aggregate without DISTINCT");
    }
  }

  private boolean countsPeople(Branch branch) {
    Expression value = branch.values().get(0);
    return branch.values().size() == 1 && (isUnit(value) || Measures.isNothing(value));
  }

  private void argument(String function, Expression argument) {
    ColumnLabel label = labels.of(argument);
    for (ColumnRef identifier : label.identifiers()) {
      found =
          found.and(
              identifier.frame(),
              new Objection(
                  RefusalCode.AGG_NOT_ALLOWED,
                  function + " uses " + identifier + ", a direct identifier",
                  function + " of another column"));
    }
    if (label.form() == ColumnForm.OPAQUE) {
      againstAll(
          RefusalCode.AGG_NOT_ALLOWED,
          function + " of an expression that may single people out",
          function
              + " of one column of a frame, or of a * column + b with constants a and b, with"
              + " conditions written inside the aggregate");
    }
  }

  private boolean isUnit(Expression argument) {
    return argument instanceof AttributeReference column && unitColumns.contains(column.exprId());
  }

  private void againstAll(RefusalCode code, String subject, String remedy) {
    Objection objection = new Objection(code, subject, remedy);
    frames.forEach(frame -> found = found.and(frame, objection));
  }
}
