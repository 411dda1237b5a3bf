package io.sallyport.connect.server.relation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.server.proto.ExtensionTypes;
import java.util.List;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

/** A stored plan's numbers meet no other plan's, wherever in it they stand. */
final class PlanIdsTest {

  private static final String ID = "0123456789abcdef";

  @Test
  void numbers_areMoved_inTheInputsOfSummariesToo() {
    Relation.Builder filtered = numbered(5);
    filtered.getFilterBuilder().setInput(numbered(6));
    filtered
        .getFilterBuilder()
        .getConditionBuilder()
        .getUnresolvedAttributeBuilder()
        .setUnparsedIdentifier("a")
        .setPlanId(6);
    Relation.Builder described = Relation.newBuilder();
    described.getDescribeBuilder().setInput(filtered);
    Relation root =
        numbered(7)
            .setExtension(ExtensionTypes.relation(ExtensionTypes.SUMMARY, described.build()))
            .build();

    Relation moved = PlanIds.of(root, ID);

    long offset = moved.getCommon().getPlanId() - 7;
    assertThat(offset).isGreaterThan(1L << 24);
    assertThat(moved.getExtension().getTypeUrl()).isEqualTo(ExtensionTypes.SUMMARY);
    Relation input = ExtensionTypes.relation(moved.getExtension()).getDescribe().getInput();
    assertThat(input.getCommon().getPlanId()).isEqualTo(5 + offset);
    assertThat(input.getFilter().getInput().getCommon().getPlanId()).isEqualTo(6 + offset);
    assertThat(input.getFilter().getCondition().getUnresolvedAttribute().getPlanId())
        .isEqualTo(6 + offset);
  }

  @Test
  void numbersOfViews_areMovedWithThoseOfTheTextThatNamesThem() {
    Relation query = numbered(7).mergeFrom(ExtensionTypes.query("SELECT * FROM v")).build();
    Relation.Builder view = Relation.newBuilder();
    view.getSubqueryAliasBuilder().setAlias("v").setInput(numbered(5));

    Relation once = PlanIds.inside(ExtensionTypes.withViews(query, List.of(view.build())));
    Relation twice = PlanIds.inside(once);

    assertThat(once.getCommon().getPlanId()).isEqualTo(7 + (1L << 24));
    assertThat(viewIn(once).getCommon().getPlanId()).isEqualTo(5 + (1L << 24));
    assertThat(viewIn(twice).getCommon().getPlanId()).isEqualTo(5 + (2L << 24));
  }

  private static Relation viewIn(Relation text) {
    return ExtensionTypes.relation(text.getExtension())
        .getWithRelations()
        .getReferences(0)
        .getSubqueryAlias()
        .getInput();
  }

  private static Relation.Builder numbered(long planId) {
    Relation.Builder relation = Relation.newBuilder();
    relation.getCommonBuilder().setPlanId(planId);
    return relation;
  }
}
