package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions that exist for analysts, by name, and the code under which the others are refused.
 *
 * <p>Names are a first line only, for a clear answer before analysis loads or runs anything: what
 * counts is the class of the analysed expression ({@link AdmittedExpressions}).
 */
public final class FunctionTable {

  private static final Set<String> OPERATORS =
      Set.of(
          "+",
          "-",
          "*",
          "/",
          "%",
          "div",
          "mod",
          "pmod",
          "=",
          "==",
          "!=",
          "<>",
          "<=>",
          "<",
          "<=",
          ">",
          ">=",
          "and",
          "or",
          "not",
          "!",
          "in",
          "between",
          "isnull",
          "isnotnull",
          "isnan");

  private static final Set<String> CONDITIONALS =
      Set.of("when", "if", "coalesce", "nvl", "ifnull", "nullif", "least", "greatest");

  private static final Set<String> MATHEMATICS =
      Set.of(
          "abs",
          "negative",
          "positive",
          "round",
          "floor",
          "ceil",
          "ceiling",
          "sqrt",
          "exp",
          "ln",
          "log10",
          "pow",
          "power");

  private static final Set<String> TEXT =
      Set.of(
          "upper",
          "ucase",
          "lower",
          "lcase",
          "trim",
          "substring",
          "substr",
          "left",
          "length",
          "char_length",
          "len",
          "startswith",
          "endswith",
          "contains",
          "like");

  private static final Set<String> CALENDAR =
      Set.of(
          "year",
          "quarter",
          "month",
          "day",
          "dayofmonth",
          "dayofweek",
          "hour",
          "trunc",
          "date_trunc",
          "datediff",
          "date_diff",
          "date_add",
          "date_sub",
          "extract",
          "date_part",
          "datepart");

  private static final Set<String> CASTS =
      Set.of(
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "float",
          "double",
          "decimal",
          "string",
          "boolean",
          "date",
          "timestamp");

  private static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "sum",
          "avg",
          "mean",
          "stddev",
          "std",
          "stddev_samp",
          "stddev_pop",
          "variance",
          "var_samp",
          "var_pop",
          "corr",
          "covar_samp",
          "covar_pop",
          "count_if",
          "regr_avgx",
          "regr_avgy",
          "regr_count",
          "regr_intercept",
          "regr_r2",
          "regr_slope",
          "regr_sxx",
          "regr_sxy",
          "regr_syy",
          "min",
          "max",
          "median",
          "percentile",
          "percentile_approx",
          "histogram_numeric",
          "approx_percentile",
          "approx_count_distinct",
          "array",
          "grouping",
          "grouping_id",
          "explode",
          "posexplode");

  /** Over the rows of one person, or over released ones. */
  private static final Set<String> WINDOWS =
      Set.of(
          "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead");

  private static final Set<String> ADMITTED =
      Stream.of(OPERATORS, CONDITIONALS, MATHEMATICS, TEXT, CALENDAR, CASTS, AGGREGATES, WINDOWS)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Aggregates that show one person's value, or a sketch of many. */
  private static final Set<String> DISCLOSING_AGGREGATES =
      Set.of(
          "any",
          "any_value",
          "approx_top_k",
          "array_agg",
          "bit_and",
          "bit_or",
          "bit_xor",
          "bool_and",
          "bool_or",
          "collect_list",
          "collect_set",
          "count_min_sketch",
          "every",
          "first",
          "first_value",
          "hll_sketch_agg",
          "hll_union_agg",
          "kurtosis",
          "last",
          "last_value",
          "listagg",
          "max_by",
          "min_by",
          "mode",
          "percentile_cont",
          "percentile_disc",
          "skewness",
          "some",
          "string_agg",
          "try_avg",
          "try_sum");

  private static final Set<String> NONDETERMINISTIC =
      Set.of(
          "monotonically_increasing_id",
          "rand",
          "randn",
          "random",
          "randstr",
          "shuffle",
          "spark_partition_id",
          "uniform",
          "uuid");

  private static final Set<String> ALWAYS_ABLE_TO_FAIL = Set.of("assert_true", "raise_error");

  private FunctionTable() {}

  /** Whether a function of this name exists for analysts. */
  public static boolean admits(String name) {
    return ADMITTED.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The code under which a function that is not admitted is refused. */
  public static RefusalCode refusalCode(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (DISCLOSING_AGGREGATES.contains(lower)) {
      return RefusalCode.AGG_NOT_ALLOWED;
    }
    if (NONDETERMINISTIC.contains(lower)) {
      return RefusalCode.NONDETERMINISTIC;
    }
    return ALWAYS_ABLE_TO_FAIL.contains(lower)
        ? RefusalCode.MAY_FAIL
        : RefusalCode.FUNCTION_NOT_ALLOWED;
  }

  /** The admitted names, for documentation and tests. */
  public static Set<String> admitted() {
    return ADMITTED;
  }
}
