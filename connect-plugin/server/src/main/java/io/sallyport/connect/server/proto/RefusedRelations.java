package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.AGG_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.NONDETERMINISTIC;
import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.SOURCE_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.UDF_NOT_ALLOWED;

import org.apache.spark.connect.proto.Relation;

/**
 * The relations that are refused, and why. "Eager": Spark runs a job, or a command, while it turns
 * the message into a plan or analyses it, before any rule of ours sees a plan.
 */
final class RefusedRelations {

  private RefusedRelations() {}

  static void addTo(ProtoTable.Builder table) {
    ProtoTable.Lines lines = table.in(Relation.getDescriptor());
    sources(lines);
    code(lines);
    shapes(lines);
    statistics(lines);
  }

  private static void sources(ProtoTable.Lines lines) {
    lines
        .refuse("cached_local_relation", SOURCE_NOT_ALLOWED, "nothing is uploaded in advance")
        .refuse("chunked_cached_local_relation", SOURCE_NOT_ALLOWED, "no uploads in advance")
        .refuse("cached_remote_relation", SOURCE_NOT_ALLOWED, "results have no ids to name")
        .refuse("relation_changes", SOURCE_NOT_ALLOWED, "the history of a table is not a frame")
        .refuse(
            "unresolved_table_valued_function",
            SOURCE_NOT_ALLOWED,
            "multiplies rows",
            "spark.range(n), or createDataFrame with your own rows")
        .refuse("extension", RELATION_NOT_ALLOWED, "client extensions are not read")
        .refuse("unknown", RELATION_NOT_ALLOWED, "for Spark's own tests");
  }

  private static void code(ProtoTable.Lines lines) {
    lines
        .refuse(
            "map_partitions",
            UDF_NOT_ALLOWED,
            "runs a client's code",
            "select and groupBy with built-in functions")
        .refuse(
            "group_map",
            UDF_NOT_ALLOWED,
            "runs a client's code",
            "select and groupBy with built-in functions")
        .refuse(
            "co_group_map",
            UDF_NOT_ALLOWED,
            "runs a client's code",
            "select and groupBy with built-in functions")
        .refuse(
            "apply_in_pandas_with_state",
            UDF_NOT_ALLOWED,
            "runs a client's code",
            "select and groupBy with built-in functions")
        .refuse("common_inline_user_defined_table_function", UDF_NOT_ALLOWED, "a client's code")
        .refuse("common_inline_user_defined_data_source", UDF_NOT_ALLOWED, "a client's code")
        .refuse("ml_relation", UDF_NOT_ALLOWED, "fits, fetches and loads models");
  }

  private static void shapes(ProtoTable.Lines lines) {
    lines
        .refuse("tail", RELATION_NOT_ALLOWED, "depends on how the rows lie", "orderBy and limit")
        .refuse("to_schema", RELATION_NOT_ALLOWED, "its casts fail on values", "select with cast")
        .refuse("collect_metrics", RELATION_NOT_ALLOWED, "a second way out", "groupBy().agg")
        .refuse("parse", RELATION_NOT_ALLOWED, "its errors quote values", "get_json_object, split")
        .refuse("with_watermark", RELATION_NOT_ALLOWED, "there are no streams", "a batch query")
        .refuse("html_string", RELATION_NOT_ALLOWED, "for notebooks", "show or collect")
        .refuse(
            "as_of_join", RELATION_NOT_ALLOWED, "looks up one row for each row", "join on equality")
        .refuse(
            "lateral_join", RELATION_NOT_ALLOWED, "looks up rows for each row", "join on equality")
        .refuse(
            "nearest_by_join",
            RELATION_NOT_ALLOWED,
            "looks up rows for each row",
            "join on equality")
        .refuse(
            "transpose",
            RELATION_NOT_ALLOWED,
            "values of the data would name the columns",
            "groupBy(...).pivot(column, [values]), or transpose of the answer in the client");
  }

  private static void statistics(ProtoTable.Lines lines) {
    lines
        .refuse(
            "freq_items",
            AGG_NOT_ALLOWED,
            "it shows single people's values",
            "groupBy(column).count().orderBy(desc(\"count\"))")
        .refuse(
            "sample_by",
            NONDETERMINISTIC,
            "which rows it takes depends on how they lie",
            "groupBy(column).agg(...) over all rows");
  }
}
