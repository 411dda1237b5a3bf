package io.sallyport.connect.server;

import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.ReattachOptions;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SqlCommand;
import org.apache.spark.connect.proto.UserContext;

/** Well-formed messages, for tests that spoil one thing at a time. */
public final class Requests {

  private Requests() {}

  /** A fresh id of a session or an operation. */
  public static String id() {
    return UUID.randomUUID().toString();
  }

  public static UserContext user(String name) {
    return UserContext.newBuilder().setUserId(name).setUserName(name).build();
  }

  public static ExecutePlanRequest execute(String session, Relation root) {
    return execute(session, Plan.newBuilder().setRoot(root).build());
  }

  public static ExecutePlanRequest execute(String session, Command command) {
    return execute(session, Plan.newBuilder().setCommand(command).build());
  }

  public static ExecutePlanRequest execute(String session, Plan plan) {
    return ExecutePlanRequest.newBuilder()
        .setSessionId(session)
        .setUserContext(user("whoever"))
        .setPlan(plan)
        .build();
  }

  /** The same request as an operation that can be reattached to. */
  public static ExecutePlanRequest reattachable(ExecutePlanRequest request, String operation) {
    return request.toBuilder()
        .setOperationId(operation)
        .addRequestOptions(
            ExecutePlanRequest.RequestOption.newBuilder()
                .setReattachOptions(ReattachOptions.newBuilder().setReattachable(true)))
        .build();
  }

  public static AnalyzePlanRequest schema(String session, Relation root) {
    return AnalyzePlanRequest.newBuilder()
        .setSessionId(session)
        .setUserContext(user("whoever"))
        .setSchema(AnalyzePlanRequest.Schema.newBuilder().setPlan(Plan.newBuilder().setRoot(root)))
        .build();
  }

  public static ConfigRequest config(String session, ConfigRequest.Operation operation) {
    return ConfigRequest.newBuilder()
        .setSessionId(session)
        .setUserContext(user("whoever"))
        .setOperation(operation)
        .build();
  }

  /** Ten rows that belong to nobody. */
  public static Relation range() {
    return range(10);
  }

  /** One number that takes very long to find, and little of anything but time. */
  public static Relation longCount() {
    return count(
        Stream.generate(() -> table("cities"))
            .limit(6)
            .reduce(range(1_000_000), Requests::crossed));
  }

  /** How many pairs there are of the rows of both. */
  public static Relation countOfPairs(Relation left, Relation right) {
    return count(crossed(left, right));
  }

  private static Relation count(Relation input) {
    return Relation.newBuilder()
        .setAggregate(
            Aggregate.newBuilder()
                .setGroupType(Aggregate.GroupType.GROUP_TYPE_GROUPBY)
                .setInput(input)
                .addAggregateExpressions(
                    Expression.newBuilder()
                        .setUnresolvedFunction(
                            Expression.UnresolvedFunction.newBuilder()
                                .setFunctionName("count")
                                .addArguments(
                                    Expression.newBuilder()
                                        .setLiteral(
                                            Expression.Literal.newBuilder().setInteger(1))))))
        .build();
  }

  /** All pairs of the rows of both. */
  public static Relation crossed(Relation left, Relation right) {
    return Relation.newBuilder()
        .setJoin(
            Join.newBuilder()
                .setLeft(left)
                .setRight(right)
                .setJoinType(Join.JoinType.JOIN_TYPE_CROSS))
        .build();
  }

  /** Rows that belong to nobody, in so many parts. */
  public static Relation range(long end, int parts) {
    return Relation.newBuilder()
        .setRange(Range.newBuilder().setStart(0).setEnd(end).setStep(1).setNumPartitions(parts))
        .build();
  }

  private static Relation range(long end) {
    return Relation.newBuilder()
        .setRange(Range.newBuilder().setStart(0).setEnd(end).setStep(1))
        .build();
  }

  public static Relation table(String name) {
    return Relation.newBuilder()
        .setRead(
            Read.newBuilder()
                .setNamedTable(Read.NamedTable.newBuilder().setUnparsedIdentifier(name)))
        .build();
  }

  public static Relation sql(String text) {
    return Relation.newBuilder().setSql(SQL.newBuilder().setQuery(text)).build();
  }

  public static Command sqlCommand(String text) {
    return Command.newBuilder().setSqlCommand(SqlCommand.newBuilder().setInput(sql(text))).build();
  }
}
