package io.sallyport.connect.server;

import static io.sallyport.connect.server.OwnClient.call;
import static io.sallyport.connect.server.OwnClient.pending;
import static io.sallyport.connect.server.OwnClient.relation;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.protocol.Request;
import io.sallyport.policy.decision.RefusalCode;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** Approval with the stock client on both sides, and the calls of our own client beneath it. */
@Governed
final class ApprovalRoundTest {

  private final GovernedServer server;

  ApprovalRoundTest(GovernedServer server) {
    this.server = server;
  }

  @Test
  void stockClient_getsTheSameQueryOnceItIsApproved() {
    SparkSession ada = server.session("ada");
    Dataset<Row> rows =
        ada.table("asked").filter(functions.col("age").equalTo(21)).select("name", "age");
    String request = pending(rows);
    assertThat(pending(rows)).isEqualTo(request);

    SparkSession olga = server.session("olga");
    List<Row> answer =
        olga.sql("CALL sallyport.approve('" + request + "', 'it''s fine \\\\ \"so\"')")
            .collectAsList();
    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).getString(0)).isEqualTo(request);
    assertThat(answer.get(0).getString(1)).isEqualTo("APPROVED");

    assertThat(rows.collectAsList()).hasSize(17);
    assertThat(rows.collectAsList()).allSatisfy(row -> assertThat(row.getString(0)).isEqualTo("*"));
    assertThat(
            server
                .session("ada")
                .table("asked")
                .filter("age = 21")
                .select("name", "age")
                .collectAsList())
        .as("in another session too")
        .hasSize(17);
    Refused.by(
        RefusalCode.APPROVAL_REQUIRED,
        () ->
            server
                .session("bob")
                .table("asked")
                .filter("age = 21")
                .select("name", "age")
                .collectAsList());
  }

  @Test
  void owner_readsRequestsAndPreview_andRejectsWithAReason() {
    Dataset<Row> rows = server.session("ada").table("asked").filter("age = 22").select("income");
    String request = pending(rows);
    SparkSession olga = server.session("olga");
    assertThat(
            olga.sql(
                    "SELECT principal, state FROM sallyport.requests WHERE request='"
                        + request
                        + "'")
                .collectAsList()
                .toString())
        .isEqualTo("[[ada,PENDING]]");
    assertThat(olga.table("sallyport.preview.`" + request + "`").collectAsList()).hasSize(17);
    olga.sql("CALL sallyport.reject('" + request + "', 'no incomes')").collectAsList();
    Throwable refused = Refused.by(RefusalCode.APPROVAL_REJECTED, rows::collectAsList);
    assertThat(refused.getMessage()).contains("no incomes");
  }

  @Test
  void collect_givesAHandle_thatIsComputedOnUnderTheSamePolicies() {
    SparkSession ada = server.session("ada");
    Dataset<Row> people = ada.table("asked").filter("age > 30");
    Row handle = call(ada, Request.Collect.of(relation(people), "")).get(0);
    String id = handle.getString(0);
    assertThat(handle.getString(2)).isEqualTo("NEEDS_APPROVAL");
    assertThat(handle.getString(4)).isEqualTo("UNKNOWN");
    assertThat(handle.getList(3)).isNotEmpty();

    Dataset<Row> derived = ada.table("results.`" + id + "`");
    assertThat(derived.groupBy("city").count().filter("city <> 'Smallville'").count()).isEqualTo(3);
    Refused.by(RefusalCode.APPROVAL_REQUIRED, () -> derived.select("age").collectAsList());
    assertThat(
            ada.sql("SELECT count(*) FROM results.`" + id + "` r WHERE r.age > 40").collectAsList())
        .hasSize(1);
    String request = pending(() -> call(ada, new Request.Fetch(id, "for study 7")));
    assertThat(call(ada, new Request.RequestStatus(request)).get(0).getString(1))
        .isEqualTo("PENDING");
    SparkSession olga = server.session("olga");
    assertThat(
            olga.sql(
                    "SELECT justification FROM sallyport.requests WHERE request = '"
                        + request
                        + "'")
                .collectAsList()
                .get(0)
                .getString(0))
        .isEqualTo("for study 7");
    olga.sql("CALL sallyport.approve('" + request + "')").collectAsList();
    assertThat(call(ada, new Request.Fetch(id, ""))).isNotEmpty();
    assertThat(call(ada, new Request.FetchArrow(id, ""))).isNotEmpty();
    Refused.by(
        RefusalCode.APPROVAL_REQUIRED,
        () -> call(server.session("bob"), new Request.Fetch(id, "")));
  }

  @Test
  void released_isKept_saved_listedAndDeleted() {
    SparkSession ada = server.session("ada");
    Dataset<Row> refused = ada.table("people").select("income");
    assertThat(call(ada, Request.Collect.of(relation(refused), "")).get(0).getString(2))
        .isEqualTo("REFUSE");
    Dataset<Row> cutAway = ada.table("people").filter("city <> 'Smallville'");
    Refused.by(
        RefusalCode.SMALL_GROUP,
        () -> call(ada, Request.Collect.of(relation(cutAway.groupBy("city").count()), "")));
    Dataset<Row> sums = ada.table("people").agg(functions.sum("income"));
    Row handle = call(ada, Request.Collect.of(relation(sums), "")).get(0);
    assertThat(handle.getString(2)).isEqualTo("RELEASE");
    assertThat(handle.getString(4)).isEqualTo("UP_TO_100");
    String id = handle.getString(0);
    assertThat(call(ada, new Request.Fetch(id, "")).toString())
        .isEqualTo(sums.collectAsList().toString());
    call(ada, new Request.Save(id, "all_income"));
    assertThat(ada.table("results.all_income").collectAsList()).hasSize(1);
    assertThat(call(ada, new Request.ListFrames()).toString()).contains("all_income", "people");
    Refused.by(
        RefusalCode.PARAM_INVALID, () -> call(server.session("bob"), new Request.Save(id, "mine")));
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED, () -> call(server.session("bob"), new Request.Delete(id)));
    call(ada, new Request.Delete(id));
    Refused.by(
        RefusalCode.SOURCE_NOT_ALLOWED, () -> ada.table("results.all_income").collectAsList());
  }

  @Test
  void explain_saysWhatWouldBecomeOfIt_andRunsNothing() {
    SparkSession ada = server.session("ada");
    List<Row> lines =
        call(ada, Request.ExplainPrivacy.of(relation(ada.table("people").groupBy("city").count())));
    assertThat(lines.get(0).getString(1)).isEqualTo("RELEASE");
    assertThat(lines.get(0).getString(7)).contains("at least 10");
    assertThat(
            call(ada, Request.ExplainPrivacy.of(relation(ada.table("people")))).get(0).getString(1))
        .isEqualTo("REFUSE");
  }

  @Test
  void extensions_belowTheRoot_orWithForeignBytes_areRefused() {
    SparkSession ada = server.session("ada");
    Dataset<Row> frames = OwnClient.asked(ada, new Request.ListFrames());
    Refused.by(RefusalCode.RELATION_NOT_ALLOWED, () -> frames.limit(1).collectAsList());
    Refused.by(RefusalCode.RELATION_NOT_ALLOWED, () -> frames.show());
  }
}
