package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Requests.execute;
import static io.sallyport.connect.server.proto.Requests.relation;
import static io.sallyport.connect.server.proto.Requests.sql;
import static io.sallyport.connect.server.proto.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SubqueryExpression.SubqueryType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Subqueries of the DataFrame API: relations that are sent along and named by number. */
final class CarriedRelationsTest {

  static Stream<Arguments> plans() {
    Relation one = numbered(1, table("t"));
    return Stream.of(
        Arguments.of("none", with(select(scalar(1)))),
        Arguments.of("another", with(select(scalar(2)), one)),
        Arguments.of("without a number", with(select(scalar(0)), select())),
        Arguments.of("two of one number", with(select(scalar(1)), one, numbered(1, table("u")))),
        Arguments.of("itself", with(select(scalar(1)), numbered(1, select(scalar(1))))),
        Arguments.of(
            "each other",
            with(
                select(scalar(1)), numbered(1, select(scalar(2))), numbered(2, select(scalar(1))))),
        Arguments.of("an outer one", with(select(scalar(1)), one, numbered(2, inner(scalar(1))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void whatIsNamed_isCarriedOnce(String name, Relation plan) {
    assertThat(Admissions.code(execute(plan))).isEqualTo(RefusalCode.PARAM_INVALID);
    assertThat(Admissions.code(Requests.schema(plan))).isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @Test
  void whatIsCarried_isRewritten() {
    ExecutePlanRequest admitted =
        new Admissions()
            .admit(
                execute(
                    with(
                        select(scalar(1), scalar(2)),
                        numbered(1, sql("SELECT 1")),
                        numbered(2, table("u")))));

    Relation released = ExtensionTypes.relation(admitted.getPlan().getRoot().getExtension());
    Relation query = released.getWithRelations().getReferences(1);
    assertThat(query.getCommon().getPlanId()).isEqualTo(1);
    assertThat(query.getExtension().getTypeUrl()).isEqualTo(ExtensionTypes.QUERY);
    assertThat(released.getWithRelations().getReferences(2).getExtension().getTypeUrl())
        .isEqualTo(ExtensionTypes.FRAME);
  }

  /** Spark would run the text over temporary views of the others. */
  @Test
  void sqlOverRelations_isRefused() {
    Relation alias = relation(r -> r.getSubqueryAliasBuilder().setInput(table("t")).setAlias("v"));
    Relation eager = with(sql("SELECT * FROM v"), numbered(1, alias));

    assertThat(Admissions.code(execute(eager))).isEqualTo(RefusalCode.RELATION_NOT_ALLOWED);
    assertThat(Admissions.code(execute(with(select(scalar(2)), numbered(2, eager)))))
        .isEqualTo(RefusalCode.RELATION_NOT_ALLOWED);
  }

  @ParameterizedTest
  @EnumSource(
      value = SubqueryType.class,
      mode = Mode.EXCLUDE,
      names = {
        "SUBQUERY_TYPE_SCALAR",
        "SUBQUERY_TYPE_EXISTS",
        "SUBQUERY_TYPE_IN",
        "SUBQUERY_TYPE_UNKNOWN",
        "UNRECOGNIZED"
      })
  void subqueriesInOtherPlaces_areRefused(SubqueryType type) {
    Expression.Builder subquery = scalar(1).toBuilder();
    subquery.getSubqueryExpressionBuilder().setSubqueryType(type);

    assertThat(Admissions.code(execute(with(select(subquery.build()), numbered(1, table("t"))))))
        .isEqualTo(RefusalCode.RELATION_NOT_ALLOWED);
  }

  @Test
  void optionsOfOtherSubqueries_areRefused() {
    Expression.Builder ordered = scalar(1).toBuilder();
    ordered.getSubqueryExpressionBuilder().getTableArgOptionsBuilder().setWithSinglePartition(true);
    Expression.Builder unnamed = scalar(1).toBuilder();
    unnamed.getSubqueryExpressionBuilder().setSubqueryTypeValue(9);

    for (Expression.Builder subquery : new Expression.Builder[] {ordered, unnamed}) {
      assertThat(Admissions.code(execute(with(select(subquery.build()), numbered(1, table("t"))))))
          .isEqualTo(RefusalCode.RELATION_NOT_ALLOWED);
    }
  }

  @Test
  void theSameTwice_isOne() {
    Relation one = numbered(1, table("t"));

    assertThat(Outcome.of(with(select(scalar(1), scalar(1)), one, one)).admitted()).isTrue();
  }

  /** Thirty short steps would be a thousand million relations. */
  @Test
  void whatDoublesInwards_isRefused() {
    Relation plan = table("t");
    for (int i = 1; i <= 30; i++) {
      plan = with(select(scalar(i), scalar(i)), numbered(i, plan));
    }

    assertThat(Admissions.code(execute(plan))).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  @Test
  void depth_isBounded_andAFewStepsAreNot() {
    Relation plan = table("t");
    for (int i = 1; i <= 8; i++) {
      plan = with(select(scalar(i)), numbered(i, plan));
    }
    assertThat(Outcome.of(plan).admitted()).isTrue();
    for (int i = 9; i <= 120; i++) {
      plan = with(select(scalar(i)), numbered(i, plan));
    }
    assertThat(Admissions.code(execute(plan))).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  private static Relation with(Relation root, Relation... references) {
    return relation(
        r -> {
          r.getWithRelationsBuilder().setRoot(root);
          // One that is not named makes the message whole.
          r.getWithRelationsBuilder().addReferences(numbered(1_000_000, table("unused")));
          for (Relation reference : references) {
            r.getWithRelationsBuilder().addReferences(reference);
          }
        });
  }

  private static Relation inner(Expression expression) {
    return with(select(expression));
  }

  private static Relation select(Expression... expressions) {
    return Requests.select(expressions).toBuilder().clearCommon().build();
  }

  private static Relation numbered(long planId, Relation relation) {
    Relation.Builder numbered = relation.toBuilder();
    numbered.getCommonBuilder().setPlanId(planId);
    return numbered.build();
  }

  private static Expression scalar(long planId) {
    Expression.Builder subquery = Expression.newBuilder();
    subquery
        .getSubqueryExpressionBuilder()
        .setPlanId(planId)
        .setSubqueryType(SubqueryType.SUBQUERY_TYPE_SCALAR);
    return subquery.build();
  }
}
