package io.sallyport.spark.scala;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Complete$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;

/** Catalyst's verbose constructors, in one place. */
public final class Catalyst {

  private Catalyst() {}

  public static Alias alias(Expression value, String name) {
    return new Alias(
        value,
        name,
        NamedExpression.newExprId(),
        Scala.noElements(),
        Scala.none(),
        Scala.noElements());
  }

  /** A new column. */
  public static Attribute attribute(String name, DataType type, boolean nullable) {
    return new AttributeReference(
        name,
        type,
        nullable,
        Metadata.empty(),
        NamedExpression.newExprId(),
        Scala.seq(List.<String>of()));
  }

  public static Expression aggregate(AggregateFunction function, boolean distinct) {
    return new AggregateExpression(
        function, Complete$.MODULE$, distinct, Scala.none(), NamedExpression.newExprId());
  }

  public static Expression count(List<Expression> arguments) {
    return aggregate(new Count(Scala.seq(arguments)), false);
  }

  public static Expression countRows() {
    return count(List.of(one()));
  }

  public static Expression countDistinct(Expression argument) {
    return countDistinct(List.of(argument));
  }

  public static Expression countDistinct(List<Expression> arguments) {
    return aggregate(new Count(Scala.seq(arguments)), true);
  }

  public static Literal one() {
    return new Literal(1, DataTypes.IntegerType);
  }

  public static Literal integer(int value) {
    return new Literal(value, DataTypes.IntegerType);
  }

  /** A cast that yields NULL where there is no value of the type. */
  public static Expression cast(Expression value, DataType type) {
    return value.dataType().equals(type)
        ? value
        : new Cast(value, type, Scala.some("UTC"), EvalMode$.MODULE$.LEGACY());
  }

  public static Literal literal(Object value, DataType type) {
    return new Literal(value, type);
  }

  public static Literal yes() {
    return new Literal(true, DataTypes.BooleanType);
  }

  public static Literal nothing(DataType type) {
    return new Literal(null, type);
  }

  /** The value where the condition is true, NULL elsewhere. */
  public static Expression where(Expression condition, Expression value) {
    return new If(condition, value, nothing(value.dataType()));
  }

  public static Expression allPresent(List<Expression> values) {
    return values.stream()
        .<Expression>map(IsNotNull::new)
        .reduce(And::new)
        .orElseGet(Catalyst::yes);
  }

  /** The plan with columns added at the end. */
  public static LogicalPlan withColumns(LogicalPlan plan, List<? extends NamedExpression> more) {
    List<NamedExpression> columns = new ArrayList<>(Scala.<Attribute>list(plan.output()));
    columns.addAll(more);
    return new Project(Scala.seq(columns), plan);
  }

  public static Aggregate aggregate(
      List<Expression> keys, List<? extends NamedExpression> columns, LogicalPlan input) {
    return new Aggregate(Scala.seq(keys), Scala.seq(columns), input, Scala.none());
  }
}
