package io.sallyport.connect.server.proto;

import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.SQL;

/** Requests made by hand. */
final class Requests {

  private static final String ID = new UUID(1, 2).toString();

  private Requests() {}

  static Relation table(String name) {
    return Relation.newBuilder()
        .setCommon(RelationCommon.newBuilder().setPlanId(7))
        .setRead(
            Read.newBuilder()
                .setNamedTable(Read.NamedTable.newBuilder().setUnparsedIdentifier(name)))
        .build();
  }

  static Relation sql(String query) {
    return Relation.newBuilder().setSql(SQL.newBuilder().setQuery(query)).build();
  }

  static Relation filter(Relation input, Expression condition) {
    return Relation.newBuilder()
        .setFilter(Filter.newBuilder().setInput(input).setCondition(condition))
        .build();
  }

  static Relation select(Expression... expressions) {
    Project.Builder project = Project.newBuilder().setInput(table("stays"));
    for (Expression expression : expressions) {
      project.addExpressions(expression);
    }
    return Relation.newBuilder().setProject(project).build();
  }

  static Expression column(String name) {
    Expression.Builder column = Expression.newBuilder();
    column.getUnresolvedAttributeBuilder().setUnparsedIdentifier(name);
    return column.build();
  }

  static Expression call(String function, Expression... arguments) {
    Expression.Builder call = Expression.newBuilder();
    call.getUnresolvedFunctionBuilder().setFunctionName(function);
    for (Expression argument : arguments) {
      call.getUnresolvedFunctionBuilder().addArguments(argument);
    }
    return call.build();
  }

  static Expression literal(Consumer<Expression.Literal.Builder> value) {
    Expression.Builder literal = Expression.newBuilder();
    value.accept(literal.getLiteralBuilder());
    return literal.build();
  }

  /** A relation, filled in. */
  static Relation relation(Consumer<Relation.Builder> change) {
    Relation.Builder relation = Relation.newBuilder();
    change.accept(relation);
    return relation.build();
  }

  static ExecutePlanRequest execute(Relation root) {
    return execute(Plan.newBuilder().setRoot(root).build());
  }

  static ExecutePlanRequest execute(Command command) {
    return execute(Plan.newBuilder().setCommand(command).build());
  }

  static ExecutePlanRequest execute(Plan plan) {
    return ExecutePlanRequest.newBuilder().setSessionId(ID).setPlan(plan).build();
  }

  static AnalyzePlanRequest schema(Relation root) {
    return AnalyzePlanRequest.newBuilder()
        .setSessionId(ID)
        .setSchema(AnalyzePlanRequest.Schema.newBuilder().setPlan(Plan.newBuilder().setRoot(root)))
        .build();
  }
}
