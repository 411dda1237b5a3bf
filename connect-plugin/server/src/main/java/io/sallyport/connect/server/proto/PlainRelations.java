package io.sallyport.connect.server.proto;

import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.StatApproxQuantile;
import org.apache.spark.connect.proto.StatCorr;
import org.apache.spark.connect.proto.StatCov;

/** Relations that are others in short: statistics of two columns, and wishes for speed. */
final class PlainRelations {

  /** What the plan's admission allows. */
  private static final int FINEST = 10_000;

  private PlainRelations() {}

  /**
   * The relation in plain words, of the same plan id.
   *
   * @throws IllegalStateException for a relation that is not short for another
   */
  static Relation of(Relation relation) {
    return switch (relation.getRelTypeCase()) {
      case CORR -> {
        StatCorr corr = relation.getCorr();
        yield statistic(relation, "corr", "corr", corr.getInput(), corr.getCol1(), corr.getCol2());
      }
      case COV -> {
        StatCov cov = relation.getCov();
        yield statistic(
            relation, "covar_samp", "cov", cov.getInput(), cov.getCol1(), cov.getCol2());
      }
      case APPROX_QUANTILE -> quantiles(relation, relation.getApproxQuantile());
      case HINT -> same(relation, relation.getHint().getInput());
      case REPARTITION -> same(relation, relation.getRepartition().getInput());
      case REPARTITION_BY_EXPRESSION ->
          same(relation, relation.getRepartitionByExpression().getInput());
      default -> throw new IllegalStateException("A relation that is not short for another");
    };
  }

  /** One row with a list for each column, as clients read it. */
  private static Relation quantiles(Relation relation, StatApproxQuantile wanted) {
    Expression.UnresolvedFunction.Builder ranks =
        Expression.UnresolvedFunction.newBuilder().setFunctionName("array");
    wanted.getProbabilitiesList().forEach(rank -> ranks.addArguments(number(rank)));
    Expression.UnresolvedFunction.Builder lists =
        Expression.UnresolvedFunction.newBuilder().setFunctionName("array");
    for (String column : wanted.getColsList()) {
      Expression.Cast.Builder value =
          Expression.Cast.newBuilder().setExpr(column(column)).setTypeStr("double");
      Expression.UnresolvedFunction.Builder list =
          Expression.UnresolvedFunction.newBuilder()
              .setFunctionName("percentile_approx")
              .addArguments(Expression.newBuilder().setCast(value))
              .addArguments(Expression.newBuilder().setUnresolvedFunction(ranks))
              .addArguments(Expression.newBuilder().setLiteral(accuracy(wanted)));
      lists.addArguments(Expression.newBuilder().setUnresolvedFunction(list));
    }
    Expression.Alias alias =
        Expression.Alias.newBuilder()
            .setExpr(Expression.newBuilder().setUnresolvedFunction(lists))
            .addName("approx_quantile")
            .build();
    return relation.toBuilder()
        .setAggregate(
            Aggregate.newBuilder()
                .setInput(wanted.getInput())
                .setGroupType(Aggregate.GroupType.GROUP_TYPE_GROUPBY)
                .addAggregateExpressions(Expression.newBuilder().setAlias(alias)))
        .build();
  }

  /** One part in so many is the error that is allowed; exactly is as near as there is. */
  private static Expression.Literal accuracy(StatApproxQuantile wanted) {
    double parts = Math.ceil(1 / Math.max(wanted.getRelativeError(), 1.0 / FINEST));
    return Expression.Literal.newBuilder().setInteger((int) Math.max(1, parts)).build();
  }

  private static Expression number(double value) {
    return Expression.newBuilder()
        .setLiteral(Expression.Literal.newBuilder().setDouble(value))
        .build();
  }

  private static Relation statistic(
      Relation relation, String function, String name, Relation input, String a, String b) {
    Expression.UnresolvedFunction call =
        Expression.UnresolvedFunction.newBuilder()
            .setFunctionName(function)
            .addArguments(column(a))
            .addArguments(column(b))
            .build();
    Expression.Alias alias =
        Expression.Alias.newBuilder()
            .setExpr(Expression.newBuilder().setUnresolvedFunction(call))
            .addName(name)
            .build();
    return relation.toBuilder()
        .setAggregate(
            Aggregate.newBuilder()
                .setInput(input)
                .setGroupType(Aggregate.GroupType.GROUP_TYPE_GROUPBY)
                .addAggregateExpressions(Expression.newBuilder().setAlias(alias)))
        .build();
  }

  private static Expression column(String name) {
    return Expression.newBuilder()
        .setUnresolvedAttribute(
            Expression.UnresolvedAttribute.newBuilder().setUnparsedIdentifier(name))
        .build();
  }

  /** All columns, under the number by which the client names them. */
  private static Relation same(Relation relation, Relation input) {
    Expression all =
        Expression.newBuilder()
            .setUnresolvedStar(Expression.UnresolvedStar.getDefaultInstance())
            .build();
    return relation.toBuilder()
        .setProject(Project.newBuilder().setInput(input).addExpressions(all))
        .build();
  }
}
