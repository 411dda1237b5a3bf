package io.sallyport.spark.label;

import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.CountIf;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.types.DataTypes;

/**
 * One aggregate function of a release point, with its conditions taken out.
 *
 * @param function as it stands in the plan
 * @param family which functions it discloses like; empty for those that show one person's value
 * @param branches the cases of its arguments; one when it has no condition
 * @param conditions what decides between the branches
 */
public record AggregateTerm(
    AggregateExpression function,
    Optional<AggregateFamily> family,
    List<Branch> branches,
    List<Expression> conditions) {

  public AggregateTerm {
    branches = List.copyOf(branches);
    conditions = List.copyOf(conditions);
  }

  /** The aggregate functions of a node, in their order. */
  public static List<AggregateTerm> of(Aggregate aggregate) {
    List<AggregateTerm> terms = new ArrayList<>();
    Scala.<NamedExpression>list(aggregate.aggregateExpressions())
        .forEach(column -> collect((Expression) column, terms));
    return terms;
  }

  private static void collect(Expression expression, List<AggregateTerm> terms) {
    if (expression instanceof AggregateExpression function) {
      terms.add(of(function));
    } else {
      Scala.children(expression).forEach(inner -> collect(inner, terms));
    }
  }

  private static AggregateTerm of(AggregateExpression function) {
    Branches branches = Branches.of(arguments(function), Scala.optional(function.filter()));
    return new AggregateTerm(
        function, AggregateFamilies.of(function), branches.all(), branches.conditions());
  }

  private static List<Expression> arguments(AggregateExpression function) {
    if (function.aggregateFunction() instanceof CountIf count) {
      Literal one = new Literal(1, DataTypes.IntegerType);
      return List.of(new If(count.child(), one, new Literal(null, DataTypes.IntegerType)));
    }
    return Scala.children(function.aggregateFunction());
  }

  public boolean isConditional() {
    return branches.size() > 1;
  }

  /**
   * Whether what a branch holds is seen in the result, so that nobody in it would be seen too: it
   * holds neither NULL nor, unless values are counted, zero.
   */
  public boolean shows(Branch branch) {
    boolean counted = family.equals(Optional.of(AggregateFamily.COUNT));
    return branch.values().stream().noneMatch(Measures::isNothing)
        && (counted || branch.values().stream().anyMatch(value -> !Measures.isZero(value)));
  }
}
