package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Checks.atLeast;
import static io.sallyport.connect.server.proto.Checks.between;
import static io.sallyport.connect.server.proto.Checks.columnName;
import static io.sallyport.connect.server.proto.Checks.is;
import static io.sallyport.connect.server.proto.Checks.matches;
import static io.sallyport.connect.server.proto.Checks.name;
import static io.sallyport.connect.server.proto.Checks.only;
import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.SOURCE_NOT_ALLOWED;

import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Deduplicate;
import org.apache.spark.connect.proto.Drop;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Hint;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.LocalRelation;
import org.apache.spark.connect.proto.NADrop;
import org.apache.spark.connect.proto.NAFill;
import org.apache.spark.connect.proto.NAReplace;
import org.apache.spark.connect.proto.Offset;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.Repartition;
import org.apache.spark.connect.proto.RepartitionByExpression;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.Sample;
import org.apache.spark.connect.proto.SetOperation;
import org.apache.spark.connect.proto.ShowString;
import org.apache.spark.connect.proto.Sort;
import org.apache.spark.connect.proto.StatApproxQuantile;
import org.apache.spark.connect.proto.StatCorr;
import org.apache.spark.connect.proto.StatCov;
import org.apache.spark.connect.proto.StatCrosstab;
import org.apache.spark.connect.proto.StatDescribe;
import org.apache.spark.connect.proto.StatSummary;
import org.apache.spark.connect.proto.SubqueryAlias;
import org.apache.spark.connect.proto.ToDF;
import org.apache.spark.connect.proto.Unpivot;
import org.apache.spark.connect.proto.WithColumns;
import org.apache.spark.connect.proto.WithColumnsRenamed;
import org.apache.spark.connect.proto.WithRelations;

/** The relations that are admitted, and every field of each. */
final class AdmittedRelations {

  private AdmittedRelations() {}

  static void addTo(ProtoTable.Builder table) {
    relation(table);
    sources(table);
    rowWise(table);
    combining(table);
    grouping(table);
    ordering(table);
    columns(table);
    summaries(table);
    missing(table);
    statistics(table);
    quantiles(table);
    samples(table);
    speed(table);
    subqueries(table);
  }

  private static void relation(ProtoTable.Builder table) {
    table
        .in(Relation.getDescriptor(), "rel_type")
        .admit("common", "the plan id")
        .admit("read", "named tables")
        .admit("project", "select")
        .admit("filter", "filter, where")
        .admit("join", "join, crossJoin")
        .admit("set_op", "union, unionByName, intersect, subtract")
        .admit("unpivot", "unpivot, melt")
        .admit("sort", "orderBy")
        .admit("limit", "limit, first, head, take")
        .admit("offset", "offset")
        .admit("aggregate", "groupBy().agg, count, pivot with its values")
        .admit("sql", "a query as text, judged as a tree")
        .admit("local_relation", "createDataFrame: read, checked and written anew by LocalRows")
        .admit("range", "range, of bounded size")
        .admit("subquery_alias", "as, alias")
        .admit("to_df", "toDF")
        .admit("with_columns", "withColumn")
        .admit("with_columns_renamed", "withColumnRenamed")
        .admit("drop", "drop")
        .admit("deduplicate", "distinct, dropDuplicates")
        .admit(
            "with_relations",
            CarriedRelations.check(),
            "subqueries; never SQL text, which Spark would run over them")
        .admit("describe", "describe: becomes our summary relation")
        .admit("summary", "summary: likewise")
        .admit("fill_na", "na.fill: becomes our relation of missing values")
        .admit("drop_na", "na.drop: likewise")
        .admit("replace", "na.replace: likewise")
        .admit("corr", "stat.corr: becomes the aggregate that it is")
        .admit("cov", "stat.cov: likewise")
        .admit("crosstab", "df.crosstab: becomes our relation of two columns")
        .admit("sample", "sample, randomSplit: likewise; the plan's judgement says of which rows")
        .admit("approx_quantile", "approxQuantile: percentile_approx of each column")
        .admit("hint", "asks for speed, not for another answer: left out")
        .admit("repartition", "likewise")
        .admit("repartition_by_expression", "likewise")
        .admit("catalog", "what is there: becomes a query over our own tables")
        .admit(
            "show_string", PlanChecks.onlyAtTheRoot(), "show; below the root it runs a job early");
    table
        .in(RelationCommon.getDescriptor())
        .admit("plan_id", "the client's number of a relation, by which columns are resolved")
        .strip("source_info", "the client's call site; only ever quoted in errors and logs")
        .strip("origin", "the client's stack trace; only ever quoted in errors and logs");
  }

  private static void sources(ProtoTable.Builder table) {
    table
        .in(Read.getDescriptor(), "read_type")
        .admit("named_table", "becomes our frame relation")
        .refuse("data_source", SOURCE_NOT_ALLOWED, "files, formats and URLs are not read")
        .refuse("is_streaming", SOURCE_NOT_ALLOWED, "there are no streams");
    table
        .in(Read.NamedTable.getDescriptor(), "unparsed_identifier")
        .admit("unparsed_identifier", name(), "resolved by us, never by Spark's catalog")
        .refuse("options", SOURCE_NOT_ALLOWED, "options would reach the scan");
    SqlParameters.admit(
        table
            .in(SQL.getDescriptor(), "query")
            .admit("query", PlanChecks.sqlText(), "with its values in it: our query relation"),
        SQL.class,
        SqlParameters::of);
    SqlParameters.entries(table, SQL.getDescriptor());
    table
        .in(LocalRelation.getDescriptor())
        .admit("data", PlanChecks.localData(), "Arrow, read by LocalRows before Spark reads it")
        .admit("schema", PlanChecks.localSchema(), "parsed by LocalRows, never by Spark")
        .demand(LocalRelation.class, Demands::schemaOrData);
    table
        .in(Range.getDescriptor(), "step")
        .admit("start", "a number")
        .admit("end", "a number")
        .admit("step", "a number other than 0")
        .strip("num_partitions", "how the rows are split is the server's affair")
        .demand(Range.class, Demands::boundedRange);
  }

  private static void rowWise(ProtoTable.Builder table) {
    table
        .in(Project.getDescriptor())
        .admit("input", "none: one row")
        .admit("expressions", "none: isEmpty");
    table
        .in(Filter.getDescriptor(), "input", "condition")
        .admit("input", "a relation")
        .admit("condition", "an expression");
  }

  private static void combining(ProtoTable.Builder table) {
    table
        .in(Join.getDescriptor(), "left", "right", "join_type")
        .admit("left", "a relation")
        .admit("right", "a relation")
        .admit("join_condition", "an expression")
        .admit("using_columns", columnName(), "names that both sides have")
        .admit("join_type", PlanChecks.joinType(), "every type that labels know")
        .refuse("join_data_type", RELATION_NOT_ALLOWED, "joinWith makes structs of whole rows")
        .demand(Join.class, Demands::oneJoinCondition);
    table
        .in(SetOperation.getDescriptor(), "left_input", "right_input", "set_op_type")
        .admit("left_input", "a relation")
        .admit("right_input", "a relation")
        .admit(
            "set_op_type",
            only(
                SetOperation.SetOpType.SET_OP_TYPE_UNION,
                SetOperation.SetOpType.SET_OP_TYPE_INTERSECT,
                SetOperation.SetOpType.SET_OP_TYPE_EXCEPT),
            "which of them; the plan's admission says of which rows")
        .admit("is_all", "false: without duplicates")
        .admit("by_name", "unionByName")
        .admit("allow_missing_columns", is(false), "would invent columns");
  }

  private static void subqueries(ProtoTable.Builder table) {
    table
        .in(WithRelations.getDescriptor(), "root", "references")
        .admit("root", "the relation whose expressions name the others")
        .admit("references", "relations, one for each subquery");
  }

  private static void grouping(ProtoTable.Builder table) {
    table
        .in(Aggregate.getDescriptor(), "input", "group_type")
        .admit("input", "a relation")
        .admit(
            "group_type",
            only(
                Aggregate.GroupType.GROUP_TYPE_GROUPBY,
                Aggregate.GroupType.GROUP_TYPE_ROLLUP,
                Aggregate.GroupType.GROUP_TYPE_CUBE,
                Aggregate.GroupType.GROUP_TYPE_GROUPING_SETS,
                Aggregate.GroupType.GROUP_TYPE_PIVOT),
            "groupBy, rollup, cube, groupingSets, pivot")
        .admit("grouping_expressions", "keys")
        .admit("aggregate_expressions", "measures")
        .admit("grouping_sets", "sets of keys")
        .admit("pivot", "a column, and the values that become columns")
        .demand(Aggregate.class, Demands::pivotValues)
        .demand(Aggregate.class, Demands::setsOfKeys);
    table
        .in(Aggregate.Pivot.getDescriptor(), "col")
        .admit("col", "a column")
        .admit("values", "its values; without them Spark would look them up at once");
    table.in(Aggregate.GroupingSets.getDescriptor()).admit("grouping_set", "keys");
    table
        .in(Unpivot.getDescriptor(), "input", "variable_column_name", "value_column_name")
        .admit("input", "a relation")
        .admit("ids", "columns that stay")
        .admit("values", "columns that become rows")
        .admit("variable_column_name", columnName(), "its name")
        .admit("value_column_name", columnName(), "its name");
    table.in(Unpivot.Values.getDescriptor()).admit("values", "columns");
    table
        .in(Deduplicate.getDescriptor(), "input")
        .admit("input", "a relation")
        .admit("column_names", columnName(), "or all columns")
        .admit("all_columns_as_keys", "or some columns")
        .admit("within_watermark", is(false), "there are no streams")
        .demand(Deduplicate.class, Demands::oneDeduplicationKey);
  }

  private static void ordering(ProtoTable.Builder table) {
    table
        .in(Sort.getDescriptor(), "input", "order", "is_global")
        .admit("input", "a relation")
        .admit("order", "keys")
        .admit("is_global", "of all rows: an order within partitions shows how the rows lie")
        .demand(Sort.class, SplitOrder::require);
    table
        .in(Limit.getDescriptor(), "input")
        .admit("input", "a relation")
        .admit("limit", atLeast(0), "rows");
    table
        .in(Offset.getDescriptor(), "input")
        .admit("input", "a relation")
        .admit("offset", atLeast(0), "rows");
    table
        .in(ShowString.getDescriptor(), "input")
        .admit("input", "becomes a release")
        .admit("num_rows", PlanChecks.shownRows(), "at most as many as a result may have")
        .admit("truncate", between(0, 10_000), "characters in a cell; 0 for all")
        .admit("vertical", "one line for each value");
  }

  private static void columns(ProtoTable.Builder table) {
    table
        .in(SubqueryAlias.getDescriptor(), "input", "alias")
        .admit("input", "a relation")
        .admit("alias", columnName(), "a name")
        .refuse("qualifier", RELATION_NOT_ALLOWED, "stock clients do not send it");
    table
        .in(ToDF.getDescriptor(), "input")
        .admit("input", "a relation")
        .admit("column_names", columnName(), "new names");
    table
        .in(WithColumns.getDescriptor(), "input", "aliases")
        .admit("input", "a relation")
        .admit("aliases", "new columns");
    table
        .in(WithColumnsRenamed.getDescriptor(), "input")
        .admit("input", "a relation")
        .refuse("rename_columns_map", RELATION_NOT_ALLOWED, "deprecated")
        .admit("renames", "old and new names");
    table
        .in(WithColumnsRenamed.Rename.getDescriptor(), "col_name", "new_col_name")
        .admit("col_name", columnName(), "a column")
        .admit("new_col_name", columnName(), "a name");
    table
        .in(Drop.getDescriptor(), "input")
        .admit("input", "a relation")
        .admit("columns", "expressions")
        .admit("column_names", columnName(), "names");
  }

  private static void missing(ProtoTable.Builder table) {
    table
        .in(NAFill.getDescriptor(), "input", "values")
        .admit("input", "a relation")
        .admit("cols", columnName(), "none: all of the value's type")
        .admit("values", "one, or one for each column");
    table
        .in(NADrop.getDescriptor(), "input")
        .admit("input", "a relation")
        .admit("cols", columnName(), "none: all")
        .admit("min_non_nulls", atLeast(0), "so many values; none: all");
    table
        .in(NAReplace.getDescriptor(), "input", "replacements")
        .admit("input", "a relation")
        .admit("cols", columnName(), "none: all of the values' type")
        .admit("replacements", "old and new values");
    table
        .in(NAReplace.Replacement.getDescriptor(), "old_value")
        .admit("old_value", "a value")
        .admit("new_value", "a value");
  }

  private static void statistics(ProtoTable.Builder table) {
    table
        .in(StatCorr.getDescriptor(), "input", "col1", "col2")
        .admit("input", "a relation")
        .admit("col1", columnName(), "a column")
        .admit("col2", columnName(), "a column")
        .admit("method", matches("pearson"), "the only one there is");
    table
        .in(StatCov.getDescriptor(), "input", "col1", "col2")
        .admit("input", "a relation")
        .admit("col1", columnName(), "a column")
        .admit("col2", columnName(), "a column");
  }

  private static void quantiles(ProtoTable.Builder table) {
    table
        .in(StatApproxQuantile.getDescriptor(), "input", "cols", "probabilities")
        .admit("input", "a relation")
        .admit("cols", columnName(), "columns")
        .admit("probabilities", "from 0 to 1: the plan's admission says")
        .admit("relative_error", "how near; exactly is as near as there is");
  }

  private static void samples(ProtoTable.Builder table) {
    table
        .in(StatCrosstab.getDescriptor(), "input", "col1", "col2")
        .admit("input", "a relation")
        .admit("col1", columnName(), "its values become rows")
        .admit("col2", columnName(), "its values become columns");
    table
        .in(Sample.getDescriptor(), "input")
        .admit("input", SplitOrder.ofASample(), "a relation")
        .admit("lower_bound", "a number")
        .admit("upper_bound", "a number")
        .admit("with_replacement", "whether a row may be there several times")
        .admit("seed", "by which rows are taken; without one there is one for all")
        .admit("deterministic_order", "parts of a split: rows are sorted in their partitions")
        .demand(Sample.class, Demands::partOfTheRows);
  }

  private static void speed(ProtoTable.Builder table) {
    table
        .in(Hint.getDescriptor(), "input")
        .admit("input", "a relation")
        .strip("name", "how a query runs is the server's affair")
        .strip("parameters", "likewise");
    table
        .in(Repartition.getDescriptor(), "input")
        .admit("input", "a relation")
        .strip("num_partitions", "how rows are split is the server's affair")
        .strip("shuffle", "likewise");
    table
        .in(RepartitionByExpression.getDescriptor(), "input")
        .admit("input", "a relation")
        .strip("partition_exprs", "how rows are split is the server's affair")
        .strip("num_partitions", "likewise");
  }

  private static void summaries(ProtoTable.Builder table) {
    table
        .in(StatDescribe.getDescriptor(), "input")
        .admit("input", "a relation")
        .admit("cols", columnName(), "none: all numeric and string columns");
    table
        .in(StatSummary.getDescriptor(), "input")
        .admit("input", "a relation")
        .admit("statistics", PlanChecks.statistic(), "none: Spark's eight");
  }
}
