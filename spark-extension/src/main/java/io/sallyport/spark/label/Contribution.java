package io.sallyport.spark.label;

import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.spark.scala.Scala;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a row contributes to the sums of a release point: for each argument that is summed, the
 * value of the column that it is made of, whatever constants it was multiplied with or shifted by.
 * A shift is the analyst's own knowledge: it hides nobody's share.
 */
public final class Contribution {

  private static final NumericEvalContext PLAIN = new NumericEvalContext(EvalMode.LEGACY(), true);

  private Contribution() {}

  /** Expressions of type double over the aggregate's input, each once; NULL where nothing is. */
  public static List<Expression> of(Aggregate aggregate, List<AggregateTerm> terms) {
    NodeLabel input = PlanLabels.root(aggregate.child());
    ExpressionLabels labels = new ExpressionLabels(input.columns());
    Map<Expression, Expression> distinct = new LinkedHashMap<>();
    for (AggregateTerm term : terms) {
      if (!term.family().equals(Optional.of(AggregateFamily.COUNT))) {
        int arguments = term.branches().get(0).values().size();
        for (int i = 0; i < arguments; i++) {
          contribution(term, i, labels).ifPresent(c -> distinct.put(c.canonicalized(), c));
        }
      }
    }
    return List.copyOf(distinct.values());
  }

  private static Optional<Expression> contribution(
      AggregateTerm term, int argument, ExpressionLabels labels) {
    Expression contribution = null;
    for (Branch branch : term.branches()) {
      Expression value = branch.values().get(argument);
      ColumnLabel label = labels.of(value);
      if (label.form() == ColumnForm.MEASURE) {
        Expression of = unscaled(value, label.affine());
        Expression otherwise =
            contribution == null ? new Literal(null, DataTypes.DoubleType) : contribution;
        contribution = term.isConditional() ? new If(branch.region(), of, otherwise) : of;
      }
    }
    return Optional.ofNullable(contribution);
  }

  private static Expression unscaled(Expression value, Affine form) {
    Expression number = new Cast(value, DataTypes.DoubleType, Scala.none(), EvalMode.LEGACY());
    Expression unshifted =
        form.shift() == 0 ? number : new Subtract(number, literal(form.shift()), PLAIN);
    return form.factor() == 1 ? unshifted : new Divide(unshifted, literal(form.factor()), PLAIN);
  }

  private static Literal literal(double value) {
    return new Literal(value, DataTypes.DoubleType);
  }
}
