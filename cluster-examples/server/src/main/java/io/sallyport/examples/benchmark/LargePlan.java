package io.sallyport.examples.benchmark;

import java.util.UUID;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Sort;
import org.apache.spark.connect.proto.WithColumns;

/** A request as a stock client sends it: a frame, many new columns and filters, averages, order. */
final class LargePlan {

  /** Of a new column and a filter each. */
  static final int STEPS = 48;

  /** With the frame, a last filter, the aggregate and the order. */
  static final int OPERATORS = 2 * STEPS + 4;

  private LargePlan() {}

  static ExecutePlanRequest request() {
    Relation relation =
        Relation.newBuilder()
            .setRead(
                Read.newBuilder()
                    .setNamedTable(
                        Read.NamedTable.newBuilder().setUnparsedIdentifier("visits_by_user")))
            .build();
    for (int i = 0; i < STEPS; i++) {
      relation = filter(withColumn(relation, i), -i);
    }
    return ExecutePlanRequest.newBuilder()
        .setSessionId(UUID.randomUUID().toString())
        .setPlan(Plan.newBuilder().setRoot(sorted(averages(filter(relation, -STEPS)))))
        .build();
  }

  private static Relation withColumn(Relation input, int i) {
    WithColumns.Builder columns = WithColumns.newBuilder().setInput(input);
    columns.addAliases(
        Expression.Alias.newBuilder()
            .addName("c" + i % 7)
            .setExpr(call("+", column("key"), literal(i))));
    return Relation.newBuilder().setWithColumns(columns).build();
  }

  private static Relation filter(Relation input, int bound) {
    Expression condition = call(">", column("key"), literal(bound));
    return Relation.newBuilder()
        .setFilter(Filter.newBuilder().setInput(input).setCondition(condition))
        .build();
  }

  private static Relation averages(Relation input) {
    Expression average =
        Expression.newBuilder()
            .setAlias(
                Expression.Alias.newBuilder().addName("mean").setExpr(call("avg", column("spend"))))
            .build();
    return Relation.newBuilder()
        .setAggregate(
            Aggregate.newBuilder()
                .setInput(input)
                .setGroupType(Aggregate.GroupType.GROUP_TYPE_GROUPBY)
                .addGroupingExpressions(column("key"))
                .addAggregateExpressions(average))
        .build();
  }

  private static Relation sorted(Relation input) {
    Expression.SortOrder order =
        Expression.SortOrder.newBuilder()
            .setChild(column("key"))
            .setDirection(Expression.SortOrder.SortDirection.SORT_DIRECTION_ASCENDING)
            .setNullOrdering(Expression.SortOrder.NullOrdering.SORT_NULLS_FIRST)
            .build();
    return Relation.newBuilder()
        .setSort(Sort.newBuilder().setInput(input).addOrder(order).setIsGlobal(true))
        .build();
  }

  private static Expression call(String function, Expression... arguments) {
    Expression.UnresolvedFunction.Builder call =
        Expression.UnresolvedFunction.newBuilder().setFunctionName(function);
    for (Expression argument : arguments) {
      call.addArguments(argument);
    }
    return Expression.newBuilder().setUnresolvedFunction(call).build();
  }

  private static Expression column(String name) {
    return Expression.newBuilder()
        .setUnresolvedAttribute(
            Expression.UnresolvedAttribute.newBuilder().setUnparsedIdentifier(name))
        .build();
  }

  private static Expression literal(int value) {
    return Expression.newBuilder()
        .setLiteral(Expression.Literal.newBuilder().setInteger(value))
        .build();
  }
}
