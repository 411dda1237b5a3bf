package io.sallyport.spark.label;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Objection;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Corr;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovSample;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * What stands against a release point as an aggregation over people: its keys and its functions.
 */
final class ReleaseObjections {

  /** Functions that weigh everybody alike; exact classes. Count has a rule of its own. */
  private static final Set<Class<?>> WEIGHING_ALIKE =
      Set.of(
          Sum.class,
          Average.class,
          StddevSamp.class,
          StddevPop.class,
          VarianceSamp.class,
          VariancePop.class,
          Corr.class,
          CovSample.class,
          CovPopulation.class);

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
    Scala.<NamedExpression>list(aggregate.aggregateExpressions())
        .forEach(column -> objections.functions((Expression) column));
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

  private void functions(Expression expression) {
    if (expression instanceof AggregateExpression aggregate) {
      function(aggregate);
    } else {
      Scala.children(expression).forEach(this::functions);
    }
  }

  private void function(AggregateExpression aggregate) {
    List<Expression> arguments = Scala.children(aggregate.aggregateFunction());
    String name = aggregate.aggregateFunction().prettyName();
    if (aggregate.isDistinct()) {
      distinct(aggregate, name, arguments);
    } else if (aggregate.aggregateFunction().getClass() == Count.class) {
      arguments.stream().filter(argument -> !isUnit(argument)).forEach(a -> argument(name, a));
    } else if (WEIGHING_ALIKE.contains(aggregate.aggregateFunction().getClass())) {
      arguments.forEach(argument -> argument(name, argument));
    } else {
      againstAll(
          RefusalCode.AGG_NOT_ALLOWED,
          name + " can show one person's value",
          "count, sum, avg, stddev, variance, covar or corr");
    }
  }

  private void distinct(AggregateExpression aggregate, String name, List<Expression> arguments) {
    boolean people =
        aggregate.aggregateFunction().getClass() == Count.class
            && arguments.size() == 1
            && isUnit(arguments.get(0));
    if (!people) {
      againstAll(
          RefusalCode.AGG_NOT_ALLOWED,
          name + "(DISTINCT ...) of a column that is not the privacy unit",
          "count(DISTINCT ...) of the privacy-unit column, or the aggregate without DISTINCT");
    }
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
          function + " of one column of a frame, or of a * column + b with constants a and b");
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
