package io.sallyport.connect.server.attack;

import static io.sallyport.connect.server.Requests.execute;
import static io.sallyport.connect.server.Requests.id;
import static io.sallyport.connect.server.Requests.reattachable;
import static io.sallyport.connect.server.Requests.schema;
import static io.sallyport.connect.server.Requests.sql;
import static io.sallyport.connect.server.Requests.sqlCommand;
import static io.sallyport.connect.server.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.Governed;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import java.util.List;
import java.util.Set;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;

/** What comes beside the rows: counts, progress, plans, texts. */
@Governed
class EgressAttackTest {

  private static final Set<String> FIELDS =
      Set.of(
          "session_id",
          "server_side_session_id",
          "operation_id",
          "response_id",
          "schema",
          "arrow_batch",
          "sql_command_result",
          "result_complete");

  private final GovernedServer server;

  EgressAttackTest(GovernedServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT day, count(*) AS n FROM visits GROUP BY day",
        "SELECT count(*) AS n FROM people WHERE age > 30",
        "SELECT region, count(*) AS n FROM cities GROUP BY region"
      })
  void answeredQuery_bringsNothingBesideItsRows(String text) {
    String session = id();
    String operation = id();
    try (RawClient ada = server.raw("ada")) {
      List<ExecutePlanResponse> first =
          ada.execute(reattachable(execute(session, sql(text)), operation));
      List<ExecutePlanResponse> again =
          RawClient.all(
              ada.stub()
                  .reattachExecute(
                      ReattachExecuteRequest.newBuilder()
                          .setSessionId(session)
                          .setUserContext(user("ada"))
                          .setOperationId(operation)
                          .build()));

      assertThat(first).anyMatch(ExecutePlanResponse::hasArrowBatch);
      assertThat(again).isEqualTo(first);
      assertThat(first).allSatisfy(EgressAttackTest::assertListed);
      assertThat(first).allMatch(response -> !response.getResponseId().isEmpty());
      assertThat(first.get(first.size() - 1).hasResultComplete()).isTrue();
    }
  }

  private static void assertListed(ExecutePlanResponse response) {
    assertThat(response.getAllFields().keySet())
        .extracting(FieldDescriptor::getName)
        .isSubsetOf(FIELDS);
    assertThat(response.getUnknownFields().asMap()).isEmpty();
    assertThat(response.getSchema().toString()).doesNotContain("metadata");
  }

  @Test
  void sqlCommand_isAnsweredWithItsOwnText_andRunsNothing() {
    try (RawClient ada = server.raw("ada")) {
      List<ExecutePlanResponse> answer =
          ada.execute(execute(id(), sqlCommand("SELECT * FROM people")));

      Relation relation =
          answer.stream()
              .filter(ExecutePlanResponse::hasSqlCommandResult)
              .map(response -> response.getSqlCommandResult().getRelation())
              .findFirst()
              .orElseThrow();
      assertThat(relation.getSql().getQuery()).isEqualTo("SELECT * FROM people");
      assertThat(answer).allSatisfy(EgressAttackTest::assertListed);
    }
  }

  @Test
  void analysedSchema_hasNoMetadata() {
    try (RawClient ada = server.raw("ada")) {
      AnalyzePlanResponse answer =
          ada.stub().analyzePlan(schema(id(), sql("SELECT * FROM people")));

      assertThat(answer.getSchema().toString()).contains("income").doesNotContain("metadata");
    }
  }

  /** Each of these makes stock Spark quote a value, a column, a path or a plan. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT CAST(name AS INT) FROM people",
        "SELECT sum(CAST(name AS INT)) FROM people",
        "SELECT raise_error(name) FROM people",
        "SELECT element_at(array(1), CAST(income AS INT)) FROM people",
        "SELECT incme FROM people",
        "SELECT * FROM no_such_table",
        "SELECT * FROM parquet.`/etc/hostname`",
        "SELECT 1/0 FROM people WHERE id = 7",
        "SELECT (SELECT name FROM people) FROM cities",
        "SELECT name FROM people WHERE",
        "SELECT sum(length(repeat(name, 300000000))) FROM people"
      })
  void failure_tellsNothingOfDataPlanOrServer(String text) {
    try (RawClient ada = server.raw("ada")) {
      StatusRuntimeException failure =
          ada.failure(stub -> stub.executePlan(execute(id(), sql(text))));

      assertThat(failure.getStatus().getDescription())
          .startsWith("[SALLYPORT.")
          .doesNotContain(
              "person-", "org.apache", "at org.", "Relation ", server.directory().toString());
      assertThat(failure.getTrailers().keys())
          .isSubsetOf(Set.of("grpc-status-details-bin", "content-type"));
    }
  }
}
