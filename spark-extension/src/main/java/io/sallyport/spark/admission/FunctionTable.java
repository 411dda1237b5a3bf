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
          "isnan",
          "&",
          "|",
          "^",
          "~",
          "<<",
          ">>",
          ">>>");

  private static final Set<String> CONDITIONALS =
      Set.of(
          "when",
          "if",
          "coalesce",
          "nvl",
          "nvl2",
          "ifnull",
          "nullif",
          "nullifzero",
          "zeroifnull",
          "nanvl",
          "equal_null",
          "decode",
          "least",
          "greatest");

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
          "cbrt",
          "exp",
          "expm1",
          "ln",
          "log",
          "log1p",
          "log2",
          "log10",
          "pow",
          "power",
          "sign",
          "signum",
          "bround",
          "rint",
          "width_bucket",
          "try_add",
          "try_subtract",
          "try_multiply",
          "try_divide",
          "try_mod",
          "sin",
          "cos",
          "tan",
          "degrees",
          "radians",
          "pi",
          "e");

  private static final Set<String> REAL_FUNCTIONS =
      Set.of(
          "acos",
          "acosh",
          "asin",
          "asinh",
          "atan",
          "atan2",
          "atanh",
          "cosh",
          "cot",
          "csc",
          "sec",
          "sinh",
          "tanh",
          "hypot",
          "factorial",
          "bin",
          "hex",
          "unhex",
          "conv",
          "bit_count",
          "bit_get",
          "getbit",
          "shiftleft",
          "shiftright",
          "shiftrightunsigned");

  private static final Set<String> TEXT =
      Set.of(
          "upper",
          "ucase",
          "lower",
          "lcase",
          "initcap",
          "trim",
          "ltrim",
          "rtrim",
          "btrim",
          "lpad",
          "rpad",
          "repeat",
          "reverse",
          "concat",
          "||",
          "concat_ws",
          "replace",
          "translate",
          "split",
          "split_part",
          "element_at",
          "size",
          "substring",
          "substr",
          "substring_index",
          "left",
          "right",
          "length",
          "char_length",
          "character_length",
          "len",
          "octet_length",
          "locate",
          "position",
          "instr",
          "charindex",
          "startswith",
          "endswith",
          "contains",
          "like",
          "ilike",
          "format_number");

  private static final Set<String> TEXT_FORMS =
      Set.of(
          "rlike",
          "regexp",
          "regexp_like",
          "regexp_count",
          "regexp_extract",
          "regexp_instr",
          "regexp_replace",
          "regexp_substr",
          "ascii",
          "char",
          "chr",
          "base64",
          "unbase64",
          "bit_length",
          "soundex",
          "levenshtein",
          "md5",
          "sha",
          "sha1",
          "sha2",
          "crc32",
          "find_in_set",
          "elt",
          "overlay",
          "space",
          "quote",
          "url_encode",
          "url_decode",
          "try_url_decode",
          "luhn_check",
          "to_number",
          "try_to_number",
          "to_char",
          "to_varchar",
          "get_json_object",
          "json_array_length",
          "typeof");

  private static final Set<String> NESTED =
      Set.of(
          "struct",
          "named_struct",
          "get",
          "try_element_at",
          "cardinality",
          "array_size",
          "array_contains",
          "array_max",
          "array_min",
          "array_position",
          "array_join",
          "arrays_overlap",
          "array_distinct",
          "array_remove",
          "sort_array",
          "slice");

  private static final Set<String> CALENDAR =
      Set.of(
          "year",
          "quarter",
          "month",
          "day",
          "dayofmonth",
          "dayofweek",
          "weekday",
          "dayofyear",
          "dayname",
          "monthname",
          "weekofyear",
          "hour",
          "minute",
          "second",
          "last_day",
          "next_day",
          "add_months",
          "months_between",
          "make_date",
          "make_timestamp",
          "try_make_timestamp",
          "to_timestamp_ntz",
          "to_timestamp_ltz",
          "to_utc_timestamp",
          "from_utc_timestamp",
          "convert_timezone",
          "to_date",
          "to_timestamp",
          "try_to_timestamp",
          "try_to_date",
          "date_format",
          "unix_timestamp",
          "to_unix_timestamp",
          "from_unixtime",
          "unix_date",
          "unix_seconds",
          "unix_millis",
          "unix_micros",
          "date_from_unix_date",
          "timestamp_seconds",
          "timestamp_millis",
          "timestamp_micros",
          "dateadd",
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
      Stream.of(
              OPERATORS,
              CONDITIONALS,
              MATHEMATICS,
              REAL_FUNCTIONS,
              TEXT,
              TEXT_FORMS,
              NESTED,
              CALENDAR,
              CASTS,
              AGGREGATES,
              WINDOWS)
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

  private static final Set<String> LISTS =
      Set.of("array_agg", "collect_list", "collect_set", "listagg", "string_agg");

  private static final Set<String> NOW =
      Set.of("curdate", "current_date", "current_timestamp", "localtimestamp", "now");

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

  /** What is there in the place of a function that is not. */
  public static String remedy(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (LISTS.contains(lower)) {
      return "count, sum, avg or groupBy: lists of values are not made of people's rows";
    }
    return NOW.contains(lower)
        ? "a date as a constant: the same question would have another answer each day"
        : "a function that SHOW FUNCTIONS lists";
  }

  /** The admitted names, for documentation and tests. */
  public static Set<String> admitted() {
    return ADMITTED;
  }
}
