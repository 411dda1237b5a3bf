package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Requests.execute;
import static io.sallyport.connect.server.proto.Requests.relation;
import static io.sallyport.connect.server.proto.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Sample;
import org.apache.spark.connect.proto.SetOperation;
import org.apache.spark.connect.proto.StatDescribe;
import org.apache.spark.connect.proto.StatSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkproject.connect.protobuf.Descriptors.EnumValueDescriptor;

/** Relations that must not pass, each for a reason of its own. */
final class RefusedRelationTest {

  static Stream<Arguments> relations() {
    return Stream.of(
        refused("file", "SOURCE_NOT_ALLOWED", r -> r.getReadBuilder().getDataSourceBuilder()),
        refused("stream", "SOURCE_NOT_ALLOWED", r -> read(r).setIsStreaming(true)),
        refused("option", "SOURCE_NOT_ALLOWED", RefusedRelationTest::tableWithOption),
        refused(
            "upload", "SOURCE_NOT_ALLOWED", r -> r.getCachedLocalRelationBuilder().setHash("x")),
        refused(
            "result",
            "SOURCE_NOT_ALLOWED",
            r -> r.getCachedRemoteRelationBuilder().setRelationId("x")),
        refused("code", "UDF_NOT_ALLOWED", r -> r.getMapPartitionsBuilder().setInput(table("t"))),
        refused("transpose", "RELATION_NOT_ALLOWED", r -> r.getTransposeBuilder()),
        refused("crosstab of nothing", "PARAM_INVALID", r -> r.getCrosstabBuilder()),
        refused("frequent items", "AGG_NOT_ALLOWED", r -> r.getFreqItemsBuilder()),
        refused("sample by", "NONDETERMINISTIC", r -> r.getSampleByBuilder()),
        refused("quantile of nothing", "PARAM_INVALID", r -> r.getApproxQuantileBuilder()),
        refused("sample of nothing", "PARAM_INVALID", r -> r.getSampleBuilder()),
        refused("observe", "RELATION_NOT_ALLOWED", r -> r.getCollectMetricsBuilder()),
        refused("with nothing", "PARAM_INVALID", r -> r.getWithRelationsBuilder()),
        refused("extension", "RELATION_NOT_ALLOWED", r -> r.getExtensionBuilder().setTypeUrl("x")),
        refused(
            "catalog", "RELATION_NOT_ALLOWED", r -> r.getCatalogBuilder().getDropTableBuilder()));
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        refused("nothing", "PARAM_INVALID", r -> {}),
        refused("no catalog call", "PARAM_INVALID", r -> r.getCatalogBuilder()),
        refused("pivot of nothing", "PARAM_INVALID", r -> groupBy(r).getPivotBuilder()),
        refused("pivot without values", "RELATION_NOT_ALLOWED", RefusedRelationTest::openPivot),
        refused("pivot type", "PARAM_INVALID", r -> groupBy(r).setGroupTypeValue(4)),
        refused("no sets of keys", "PARAM_INVALID", r -> groupBy(r).setGroupTypeValue(5)),
        refused("sets of keys", "PARAM_INVALID", r -> groupBy(r).addGroupingSetsBuilder()),
        refused("no group type", "PARAM_INVALID", r -> groupBy(r).clearGroupType()),
        refused("unknown operation", "RELATION_NOT_ALLOWED", r -> union(r).setSetOpTypeValue(9)),
        refused("rank correlation", "PARAM_INVALID", RefusedRelationTest::spearman),
        refused(
            "fill without values",
            "PARAM_INVALID",
            r -> r.getFillNaBuilder().setInput(table("t")).addCols("a")),
        refused("missing", "RELATION_NOT_ALLOWED", r -> union(r).setAllowMissingColumns(true)),
        refused("no right side", "PARAM_INVALID", r -> union(r).clearRightInput()));
  }

  static Stream<Arguments> parameters() {
    return Stream.of(
        refused("joinWith", "RELATION_NOT_ALLOWED", r -> join(r).getJoinDataTypeBuilder()),
        refused("no join type", "PARAM_INVALID", r -> join(r).clearJoinType()),
        refused("unknown join", "RELATION_NOT_ALLOWED", r -> join(r).setJoinTypeValue(99)),
        refused(
            "two conditions",
            "PARAM_INVALID",
            r ->
                join(r)
                    .addUsingColumns("a")
                    .getJoinConditionBuilder()
                    .getLiteralBuilder()
                    .setBoolean(true)),
        refused("watermark", "RELATION_NOT_ALLOWED", r -> distinct(r).setWithinWatermark(true)),
        refused("no key", "PARAM_INVALID", r -> distinct(r).clearAllColumnsAsKeys()),
        refused("two keys", "PARAM_INVALID", r -> distinct(r).addColumnNames("a")),
        refused("local sort", "RELATION_NOT_ALLOWED", r -> sort(r, false)),
        refused(
            "big range", "LIMIT_EXCEEDED", r -> r.getRangeBuilder().setEnd(1_000_001).setStep(1)),
        refused("widest range", "LIMIT_EXCEEDED", RefusedRelationTest::widestRange),
        refused("still range", "PARAM_INVALID", r -> r.getRangeBuilder().setEnd(10)),
        refused(
            "negative limit",
            "PARAM_INVALID",
            r -> r.getLimitBuilder().setInput(table("t")).setLimit(-1)),
        refused("old rename", "RELATION_NOT_ALLOWED", RefusedRelationTest::oldRename));
  }

  static Stream<Arguments> samples() {
    return Stream.of(
        refused("more than all", "PARAM_INVALID", r -> sample(r, 0, 1.1)),
        refused("beyond all", "PARAM_INVALID", r -> sample(r, 5, 5.5)),
        refused("below nothing", "PARAM_INVALID", r -> sample(r, -0.1, 0.5)),
        refused("backwards", "PARAM_INVALID", r -> sample(r, 0.5, 0.4)),
        refused("no number", "PARAM_INVALID", r -> sample(r, 0, Double.NaN)),
        refused("from no number", "PARAM_INVALID", r -> sample(r, Double.NaN, 1)),
        refused(
            "without end",
            "PARAM_INVALID",
            r -> sample(r, 0, Double.POSITIVE_INFINITY).setWithReplacement(true)),
        refused(
            "crosstab of hidden columns",
            "PARAM_INVALID",
            r ->
                r.getCrosstabBuilder()
                    .setInput(table("t"))
                    .setCol1("a")
                    .setCol2("_metadata.file_path")));
  }

  static Stream<Arguments> summaries() {
    return Stream.of(
        refused("describe nothing", "PARAM_INVALID", r -> r.getDescribeBuilder()),
        refused("summary of nothing", "PARAM_INVALID", r -> r.getSummaryBuilder()),
        refused("unknown statistic", "PARAM_INVALID", r -> summary(r).addStatistics("foo")),
        refused("above all", "PARAM_INVALID", r -> summary(r).addStatistics("150%")),
        refused("below all", "PARAM_INVALID", r -> summary(r).addStatistics("-5%")),
        refused("no number", "PARAM_INVALID", r -> summary(r).addStatistics("NaN%")),
        refused("SQL", "PARAM_INVALID", r -> summary(r).addStatistics("1) FROM t --%")),
        refused(
            "one of two", "PARAM_INVALID", r -> summary(r).addStatistics("max").addStatistics("")),
        refused(
            "too many",
            "LIMIT_EXCEEDED",
            r -> summary(r).addAllStatistics(Collections.nCopies(Bounds.LIST + 1, "count"))),
        refused("metadata", "PARAM_INVALID", r -> describe(r).addCols("_metadata.file_path")),
        refused("hidden metadata", "PARAM_INVALID", r -> describe(r).addCols("a.`_metadata`")),
        refused("line break", "PARAM_INVALID", r -> describe(r).addCols("a\nb")),
        refused("empty name", "PARAM_INVALID", r -> describe(r).addCols("")),
        refused(
            "too many columns",
            "LIMIT_EXCEEDED",
            r -> describe(r).addAllCols(Collections.nCopies(Bounds.LIST + 1, "a"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"relations", "shapes", "parameters", "samples", "summaries"})
  void relation_isRefused(String name, RefusalCode code, Relation relation) {
    assertThat(Admissions.code(execute(relation))).isEqualTo(code);
    assertThat(Admissions.code(Requests.schema(relation))).isEqualTo(code);
    assertThat(Admissions.code(execute(nested(relation)))).isEqualTo(code);
  }

  @Test
  void everyEnumValue_butTheAdmitted_isRefused() {
    Set<String> admitted =
        Set.of("SET_OP_TYPE_UNION", "SET_OP_TYPE_INTERSECT", "SET_OP_TYPE_EXCEPT");
    List<EnumValueDescriptor> types = SetOperation.SetOpType.getDescriptor().getValues();
    for (EnumValueDescriptor type : types) {
      Outcome outcome = Outcome.of(relation(r -> union(r).setSetOpTypeValue(type.getNumber())));
      assertThat(outcome.admitted()).isEqualTo(admitted.contains(type.getName()));
    }
  }

  /** Weights of 0.7, 0.2 and 0.1 add up to a little more than one. */
  @Test
  void theLastPartOfASplit_endsWhereWeightsAddUpTo() {
    assertThat(Outcome.of(relation(r -> sample(r, 0.9, 1.0000000000000002))).admitted()).isTrue();
    assertThat(Outcome.of(relation(r -> sample(r, 0, 3).setWithReplacement(true))).admitted())
        .isTrue();
  }

  /** Stock clients sort what they split, within partitions. */
  @Test
  void anOrderWithinPartitions_isForASampleRightAboveIt() {
    Relation sorted = relation(r -> sort(r, false));
    Relation split = relation(r -> sample(r, 0, 0.5).setInput(sorted));
    assertThat(Outcome.of(split).admitted()).isTrue();
    assertThat(Outcome.of(relation(r -> sample(r, 0, 0.5).setInput(nested(sorted)))).admitted())
        .isFalse();
    Relation both =
        relation(
            r -> union(r).setLeftInput(split).setRightInput(relation(other -> sort(other, false))));
    assertThat(Outcome.of(both).admitted()).isFalse();
  }

  @Test
  void show_belowTheRoot_isRefused() {
    Relation show = relation(r -> r.getShowStringBuilder().setInput(table("t")).setNumRows(1));
    assertThat(Admissions.code(execute(nested(show)))).isEqualTo(RefusalCode.RELATION_NOT_ALLOWED);
    assertThat(Admissions.code(Requests.schema(show))).isEqualTo(RefusalCode.RELATION_NOT_ALLOWED);
    assertThat(Outcome.of(show).admitted()).isTrue();
  }

  @Test
  void show_ofTooMuch_isRefused() {
    Relation rows = relation(r -> r.getShowStringBuilder().setInput(table("t")).setNumRows(-1));
    Relation wide =
        relation(r -> r.getShowStringBuilder().setInput(table("t")).setTruncate(1 << 30));
    assertThat(Admissions.code(execute(rows))).isEqualTo(RefusalCode.PARAM_INVALID);
    assertThat(Admissions.code(execute(wide))).isEqualTo(RefusalCode.PARAM_INVALID);
  }

  private static Relation nested(Relation relation) {
    return relation(r -> r.getLimitBuilder().setInput(relation).setLimit(1));
  }

  private static Arguments refused(String name, String code, Consumer<Relation.Builder> change) {
    return Arguments.of(name, RefusalCode.valueOf(code), relation(change));
  }

  private static org.apache.spark.connect.proto.Read.Builder read(Relation.Builder relation) {
    return relation.mergeFrom(table("t")).getReadBuilder();
  }

  private static void tableWithOption(Relation.Builder relation) {
    read(relation).getNamedTableBuilder().putOptions("path", "/etc");
  }

  private static Aggregate.Builder groupBy(Relation.Builder relation) {
    return relation
        .getAggregateBuilder()
        .setInput(table("t"))
        .setGroupType(Aggregate.GroupType.GROUP_TYPE_GROUPBY);
  }

  private static SetOperation.Builder union(Relation.Builder relation) {
    return relation
        .getSetOpBuilder()
        .setLeftInput(table("t"))
        .setRightInput(table("t"))
        .setSetOpType(SetOperation.SetOpType.SET_OP_TYPE_UNION);
  }

  private static StatSummary.Builder summary(Relation.Builder relation) {
    return relation.getSummaryBuilder().setInput(table("t"));
  }

  private static Sample.Builder sample(Relation.Builder relation, double lower, double upper) {
    return relation
        .getSampleBuilder()
        .setInput(table("t"))
        .setLowerBound(lower)
        .setUpperBound(upper);
  }

  private static StatDescribe.Builder describe(Relation.Builder relation) {
    return relation.getDescribeBuilder().setInput(table("t"));
  }

  private static Join.Builder join(Relation.Builder relation) {
    return relation
        .getJoinBuilder()
        .setLeft(table("t"))
        .setRight(table("t"))
        .setJoinType(Join.JoinType.JOIN_TYPE_INNER);
  }

  private static void openPivot(Relation.Builder r) {
    Aggregate.Builder aggregate = groupBy(r).setGroupType(Aggregate.GroupType.GROUP_TYPE_PIVOT);
    aggregate
        .getPivotBuilder()
        .getColBuilder()
        .getUnresolvedAttributeBuilder()
        .setUnparsedIdentifier("a");
  }

  private static void spearman(Relation.Builder r) {
    r.getCorrBuilder().setInput(table("t")).setCol1("a").setCol2("b").setMethod("spearman");
  }

  private static org.apache.spark.connect.proto.Deduplicate.Builder distinct(Relation.Builder r) {
    return r.getDeduplicateBuilder().setInput(table("t")).setAllColumnsAsKeys(true);
  }

  private static void sort(Relation.Builder relation, boolean global) {
    relation
        .getSortBuilder()
        .setInput(table("t"))
        .setIsGlobal(global)
        .addOrderBuilder()
        .setChild(Requests.column("a"))
        .setDirectionValue(1)
        .setNullOrderingValue(1);
  }

  private static void widestRange(Relation.Builder relation) {
    relation.getRangeBuilder().setStart(Long.MIN_VALUE).setEnd(Long.MAX_VALUE).setStep(1);
  }

  @SuppressWarnings("deprecation") // a field that stock clients no longer send
  private static void oldRename(Relation.Builder relation) {
    relation.getWithColumnsRenamedBuilder().setInput(table("t")).putRenameColumnsMap("a", "b");
  }
}
