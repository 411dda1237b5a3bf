package io.sallyport.connect.server.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.connect.server.proto.ExtensionTypes;
import io.sallyport.spark.view.View;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.WithRelations;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.ByteString;

/** A name that is a view's becomes the view, wherever it stands; every other name stays. */
final class ViewBindingTest {

  private static final Relation PLAN = ExtensionTypes.query("SELECT 1 AS x");

  private static final int FEW_BYTES = 1_000;

  private long operators = 1;
  private long parts;
  private long cells;

  private Relation bound(Relation relation) {
    return new ViewBinding(this::find, FEW_BYTES).bound(relation);
  }

  private Optional<View> find(List<String> name) {
    return name.size() == 1 && name.get(0).equalsIgnoreCase("v")
        ? Optional.of(
            new View(
                "v",
                ExtensionTypes.bytes(PLAN),
                new View.Size(operators, 1, parts, cells),
                new StructType().add("x", "int")))
        : Optional.empty();
  }

  private static Relation table(String name) {
    Any frame =
        Any.newBuilder()
            .setTypeUrl(ExtensionTypes.FRAME)
            .setValue(ByteString.copyFromUtf8(name))
            .build();
    Relation.Builder relation = Relation.newBuilder().setExtension(frame);
    relation.getCommonBuilder().setPlanId(3);
    return relation.build();
  }

  @Test
  void table_becomesTheViewsPlanUnderItsName() {
    for (String name : List.of("v", "V", "`v`")) {
      Relation bound = bound(table(name));

      assertThat(bound.getCommon().getPlanId()).isEqualTo(3);
      assertThat(bound.getSubqueryAlias().getAlias()).isEqualTo("v");
      assertThat(bound.getSubqueryAlias().getInput()).isEqualTo(PLAN);
    }
    for (String name : List.of("w", "a.v", "v.v")) {
      assertThat(bound(table(name))).isEqualTo(table(name));
    }
  }

  @Test
  void tablesBelow_andInSummaries_areFound() {
    Relation.Builder described = Relation.newBuilder();
    described.getDescribeBuilder().setInput(table("v"));
    Relation.Builder root = Relation.newBuilder();
    root.getJoinBuilder()
        .setLeft(
            Relation.newBuilder()
                .setExtension(ExtensionTypes.relation(ExtensionTypes.SUMMARY, described.build())))
        .setRight(table("w"));

    Relation bound = bound(root.build());

    Any summary = bound.getJoin().getLeft().getExtension();
    assertThat(ExtensionTypes.relation(summary).getDescribe().getInput().getSubqueryAlias())
        .isEqualTo(bound(table("v")).getSubqueryAlias());
    assertThat(bound.getJoin().getRight()).isEqualTo(table("w"));
  }

  @Test
  void text_getsEachViewThatItNamesOnce_besideIt() {
    Relation text =
        ExtensionTypes.query(
            "WITH a AS (SELECT * FROM V) SELECT (SELECT max(x) FROM v) FROM a, w"
                + " WHERE EXISTS (SELECT 1 FROM v)");

    Any bound = bound(text).getExtension();

    assertThat(bound.getTypeUrl()).isEqualTo(ExtensionTypes.VIEWS);
    WithRelations both = ExtensionTypes.relation(bound).getWithRelations();
    assertThat(both.getRoot()).isEqualTo(text);
    assertThat(both.getReferencesList())
        .singleElement()
        .isEqualTo(
            Relation.newBuilder().setSubqueryAlias(bound(table("v")).getSubqueryAlias()).build());
    Relation other = ExtensionTypes.query("SELECT v.v FROM w AS v");
    assertThat(bound(other)).isEqualTo(other);
  }

  @Test
  void commonTableOfItsName_isRefused() {
    assertThatThrownBy(
            () -> bound(ExtensionTypes.query("WITH V AS (SELECT 1 AS x) SELECT * FROM v")))
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining("name of a view");
  }

  @Test
  void view_countsAsOftenAsItIsNamed_beforeAnythingIsBuilt() {
    operators = 4_000;
    Relation.Builder twice = Relation.newBuilder();
    twice.getJoinBuilder().setLeft(table("v")).setRight(table("v"));
    Relation.Builder thrice = Relation.newBuilder();
    thrice.getJoinBuilder().setLeft(twice).setRight(table("v"));
    String text = "SELECT * FROM v a, v b";

    assertThat(bound(twice.build()).hasJoin()).isTrue();
    assertThat(bound(ExtensionTypes.query(text)).hasExtension()).isTrue();
    for (Relation beyond : List.of(thrice.build(), ExtensionTypes.query(text + ", v c"))) {
      assertThatThrownBy(() -> bound(beyond))
          .hasMessageContaining("LIMIT_EXCEEDED")
          .hasMessageContaining("plan-operators");
    }
  }

  @Test
  void partsAndCellsAndBytes_countTheSameWay() {
    String text = "SELECT * FROM v a, v b";
    parts = 100_000;
    cells = 2_500_000;
    assertThat(bound(ExtensionTypes.query(text)).hasExtension()).isTrue();
    parts++;
    assertThatThrownBy(() -> bound(ExtensionTypes.query(text))).hasMessageContaining("plan-parts");
    parts = 0;
    cells++;
    assertThatThrownBy(() -> bound(ExtensionTypes.query(text))).hasMessageContaining("plan-cells");
    cells = 0;
    String often = "SELECT 1 FROM v" + ", v".repeat(FEW_BYTES / ExtensionTypes.bytes(PLAN).length);
    assertThatThrownBy(() -> bound(ExtensionTypes.query(often)))
        .hasMessageContaining("limit.local-bytes");
  }
}
