package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Requests.column;
import static io.sallyport.connect.server.proto.Requests.execute;
import static io.sallyport.connect.server.proto.Requests.filter;
import static io.sallyport.connect.server.proto.Requests.relation;
import static io.sallyport.connect.server.proto.Requests.sql;
import static io.sallyport.connect.server.proto.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.ShowString;
import org.apache.spark.connect.proto.SubqueryAlias;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/** What becomes of an admitted plan. */
final class RewritePlanTest {

  private static final Set<String> RELATIONS =
      Set.of(
          ExtensionTypes.RELEASE,
          ExtensionTypes.SHOW,
          ExtensionTypes.DESCRIBE,
          ExtensionTypes.SUMMARY,
          ExtensionTypes.MISSING,
          ExtensionTypes.SAMPLE,
          ExtensionTypes.CROSSTAB);

  static List<String> names() {
    return StockRequests.names();
  }

  @Test
  void root_becomesARelease_andItsTableAFrame() {
    ExecutePlanRequest admitted =
        new Admissions().admit(execute(filter(table("a.b"), column("c"))));
    Relation released = unwrapped(ExtensionTypes.RELEASE, admitted.getPlan().getRoot());
    Relation frame = released.getFilter().getInput();
    assertThat(frame.getCommon().getPlanId()).isEqualTo(7);
    assertThat(frame.getExtension().getTypeUrl()).isEqualTo(ExtensionTypes.FRAME);
    assertThat(ExtensionTypes.text(frame.getExtension())).isEqualTo("a.b");
  }

  @Test
  void sql_becomesAQuery() {
    ExecutePlanRequest admitted = new Admissions().admit(execute(sql("SELECT \u00e9")));
    Relation query = unwrapped(ExtensionTypes.RELEASE, admitted.getPlan().getRoot());
    assertThat(query.getExtension().getTypeUrl()).isEqualTo(ExtensionTypes.QUERY);
    assertThat(ExtensionTypes.text(query.getExtension())).isEqualTo("SELECT \u00e9");
  }

  @Test
  void show_staysTheRoot_overARelease() {
    Relation show =
        relation(r -> r.getShowStringBuilder().setInput(table("t")).setNumRows(5).setTruncate(7));
    Relation root = new Admissions().admit(execute(show)).getPlan().getRoot();
    assertThat(root.getShowString().getNumRows()).isEqualTo(5);
    ShowString shown =
        unwrapped(ExtensionTypes.SHOW, root.getShowString().getInput()).getShowString();
    assertThat(shown.getTruncate()).isEqualTo(7);
    Limit first = shown.getInput().getLimit();
    assertThat(first.getLimit()).isEqualTo(6);
    Relation released = first.getInput();
    assertThat(released.getExtension().getTypeUrl()).isEqualTo(ExtensionTypes.FRAME);
  }

  @Test
  void analysis_becomesADescribe() {
    Relation root =
        new Admissions().admit(Requests.schema(table("t"))).getSchema().getPlan().getRoot();
    Relation described = unwrapped(ExtensionTypes.DESCRIBE, root);
    assertThat(described.getExtension().getTypeUrl()).isEqualTo(ExtensionTypes.FRAME);
  }

  @Test
  void summaries_areOurs_andTheirInputIsRewrittenToo() {
    Relation inner =
        relation(r -> r.getDescribeBuilder().setInput(sql("SELECT 1")).addCols("a").addCols("b"));
    Relation outer = relation(r -> r.getSummaryBuilder().setInput(inner).addStatistics("25%"));
    Relation asked = relation(r -> r.getCommonBuilder().setPlanId(9));
    ExecutePlanRequest admitted =
        new Admissions().admit(execute(outer.toBuilder().mergeFrom(asked).build()));

    Relation root = unwrapped(ExtensionTypes.RELEASE, admitted.getPlan().getRoot());
    assertThat(root.getCommon().getPlanId()).isEqualTo(9);
    Relation summary = unwrapped(ExtensionTypes.SUMMARY, root);
    assertThat(summary.getSummary().getStatisticsList()).containsExactly("25%");
    Relation describe = unwrapped(ExtensionTypes.SUMMARY, summary.getSummary().getInput());
    assertThat(describe.getDescribe().getColsList()).containsExactly("a", "b");
    assertThat(describe.getDescribe().getInput().getExtension().getTypeUrl())
        .isEqualTo(ExtensionTypes.QUERY);
  }

  @Test
  @SuppressWarnings("deprecation") // the field that the stock JVM client sends
  void sqlCommand_isTheSame_howeverItIsSent() {
    Command.Builder asText = Command.newBuilder();
    asText.getSqlCommandBuilder().setSql("SELECT 1");
    Command.Builder asInput = Command.newBuilder();
    asInput.getSqlCommandBuilder().setInput(sql("SELECT 1"));
    ExecutePlanRequest admitted = new Admissions().admit(execute(asText.build()));
    Any extension = admitted.getPlan().getCommand().getExtension();
    assertThat(extension.getTypeUrl()).isEqualTo(ExtensionTypes.SQL_COMMAND);
    assertThat(ExtensionTypes.relation(extension)).isEqualTo(sql("SELECT 1"));
    assertThat(new Admissions().admit(execute(asInput.build()))).isEqualTo(admitted);
  }

  @Test
  void view_becomesOurCommand_andItsPlanIsRewritten() {
    Command.Builder view = Command.newBuilder();
    view.getCreateDataframeViewBuilder()
        .setName("v")
        .setReplace(true)
        .setInput(filter(table("t"), column("c")));
    Any replacing =
        new Admissions().admit(execute(view.build())).getPlan().getCommand().getExtension();
    view.getCreateDataframeViewBuilder().setReplace(false);
    Any creating =
        new Admissions().admit(execute(view.build())).getPlan().getCommand().getExtension();

    assertThat(creating.getTypeUrl()).isEqualTo(ExtensionTypes.CREATE_VIEW);
    assertThat(replacing.getTypeUrl()).isEqualTo(ExtensionTypes.REPLACE_VIEW);
    SubqueryAlias named = ExtensionTypes.relation(replacing).getSubqueryAlias();
    assertThat(named.getAlias()).isEqualTo("v");
    assertThat(named.getInput().getFilter().getInput().getExtension().getTypeUrl())
        .isEqualTo(ExtensionTypes.FRAME);
  }

  @Test
  void dropOfAView_isDoneAsAWholeRequestOnly() {
    Relation drop = relation(r -> r.getCatalogBuilder().getDropTempViewBuilder().setViewName("v"));
    Relation first = relation(r -> r.getLimitBuilder().setInput(drop).setLimit(1));

    for (Relation whole : List.of(drop, first)) {
      Any done = new Admissions().admit(execute(whole)).getPlan().getRoot().getExtension();
      assertThat(done.getTypeUrl()).isEqualTo(ExtensionTypes.DROP_VIEW);
      assertThat(ExtensionTypes.text(done)).isEqualTo("v");
      assertThat(new Admissions().admit(Requests.schema(whole)).toString())
          .doesNotContain(ExtensionTypes.DROP_VIEW);
    }
    assertThat(new Admissions().admit(execute(filter(drop, column("value")))).toString())
        .doesNotContain(ExtensionTypes.DROP_VIEW);
  }

  @Test
  void functions_areNeverLookedUpAmongTheInternalOnes() {
    ExecutePlanRequest admitted =
        new Admissions().admit(execute(filter(table("t"), Requests.call("and"))));
    Relation released = unwrapped(ExtensionTypes.RELEASE, admitted.getPlan().getRoot());
    Expression.UnresolvedFunction function =
        released.getFilter().getCondition().getUnresolvedFunction();
    assertThat(function.hasIsInternal()).isTrue();
    assertThat(function.getIsInternal()).isFalse();
  }

  @Test
  void origin_isStripped_andThePlanIdStays() {
    Relation.Builder traced = table("t").toBuilder();
    traced.getCommonBuilder().getOriginBuilder().getJvmOriginBuilder().setSqlText("x\n".repeat(99));
    ExecutePlanRequest admitted = new Admissions().admit(execute(traced.build()));
    Relation frame = unwrapped(ExtensionTypes.RELEASE, admitted.getPlan().getRoot());
    assertThat(frame.getCommon()).isEqualTo(RelationCommon.newBuilder().setPlanId(7).build());
  }

  @ParameterizedTest
  @MethodSource("names")
  void rewriting_isDeterministic(String name) {
    for (Message request : StockRequests.plans(name)) {
      assertThat(new Admissions().admit(request).toByteString())
          .isEqualTo(new Admissions().admit(request).toByteString());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void rewriting_leavesNothingToResolveOrParse(String name) {
    for (Message request : StockRequests.plans(name)) {
      List<String> left = new ArrayList<>();
      fields(new Admissions().admit(request), left);
      assertThat(left)
          .doesNotContain(
              "spark.connect.Read.named_table",
              "spark.connect.SQL.query",
              "spark.connect.SqlCommand.sql",
              "spark.connect.RelationCommon.origin",
              "spark.connect.Expression.common",
              "spark.connect.ExecutePlanRequest.client_type");
    }
  }

  @Test
  void rewritten_isRefused_whenAClientSendsIt() {
    ExecutePlanRequest rewritten = new Admissions().admit(execute(table("t")));
    assertThat(Outcome.of(rewritten).admitted()).isFalse();
  }

  private static Relation unwrapped(String typeUrl, Relation relation) {
    Any extension = ExtensionTypes.decode(relation.getExtension().toByteArray());
    assertThat(extension.getTypeUrl()).isEqualTo(typeUrl);
    return ExtensionTypes.relation(extension);
  }

  /** The names of all fields that are set, in our own extensions as well. */
  private static void fields(Message message, List<String> names) {
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      names.add(set.getKey().getFullName());
      if (set.getValue() instanceof Any extension) {
        if (RELATIONS.contains(extension.getTypeUrl())) {
          fields(ExtensionTypes.relation(extension), names);
        }
      } else if (set.getValue() instanceof Message inner) {
        fields(inner, names);
      } else if (set.getValue() instanceof List<?> elements) {
        elements.stream()
            .filter(Message.class::isInstance)
            .forEach(element -> fields((Message) element, names));
      }
    }
  }
}
