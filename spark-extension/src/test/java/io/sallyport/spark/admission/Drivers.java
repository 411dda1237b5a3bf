package io.sallyport.spark.admission;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL that reaches each admitted expression, with {@code $a}, {@code $b} and {@code $c} where a
 * column of any type may stand. What does not resolve for a type does not exist for it.
 */
final class Drivers {

  /** One value of one row. */
  static final List<String> OF_ONE =
      List.of(
          "NOT $a",
          "$a IS NULL",
          "$a IS NOT NULL",
          "isnan($a)",
          "$a LIKE '%a_\\\\%'",
          "-$a",
          "+$a",
          "abs($a)",
          "floor($a)",
          "ceil($a)",
          "round($a)",
          "round($a, -38)",
          "round($a, -1)",
          "round($a, 38)",
          "sqrt($a)",
          "exp($a)",
          "ln($a)",
          "log10($a)",
          "upper($a)",
          "lower($a)",
          "trim($a)",
          "length($a)",
          "year($a)",
          "quarter($a)",
          "month($a)",
          "day($a)",
          "dayofweek($a)",
          "hour($a)",
          "extract(DAY FROM $a)",
          "date_add($a, 2147483647)",
          "date_sub($a, 2147483647)",
          "$a + INTERVAL '178000000' YEAR",
          "$a - INTERVAL '178000000' YEAR",
          "$a + INTERVAL '100000000' DAY",
          "$a - INTERVAL '100000000' DAY",
          "$a + INTERVAL '1' MONTH",
          "$a - INTERVAL '1:00' HOUR TO MINUTE",
          "trunc($a, 'year')",
          "trunc($a, 'week')",
          "date_trunc('year', $a)",
          "date_trunc('second', $a)",
          "date_trunc('quarter', $a)",
          "least($a, 1)",
          "greatest($a, 'x')",
          "$a IN (1, 2, NULL)",
          "$a IN ('x', '')",
          "$a BETWEEN 0 AND 1",
          "CAST($a AS BOOLEAN)",
          "CAST($a AS TINYINT)",
          "CAST($a AS SMALLINT)",
          "CAST($a AS INT)",
          "CAST($a AS BIGINT)",
          "CAST($a AS FLOAT)",
          "CAST($a AS DOUBLE)",
          "CAST($a AS DECIMAL(38, 0))",
          "CAST($a AS DECIMAL(38, 38))",
          "CAST($a AS DECIMAL(3, 2))",
          "CAST($a AS STRING)",
          "CAST($a AS DATE)",
          "CAST($a AS TIMESTAMP)",
          "CAST($a AS TIMESTAMP_NTZ)",
          "CAST($a AS BINARY)",
          "CAST($a AS ARRAY<STRING>)");

  /** Two values of one row. */
  static final List<String> OF_TWO =
      List.of(
          "$a AND $b",
          "$a OR $b",
          "$a = $b",
          "$a <=> $b",
          "$a < $b",
          "$a <= $b",
          "$a > $b",
          "$a >= $b",
          "$a IN ($b, $a)",
          "startswith($a, $b)",
          "endswith($a, $b)",
          "contains($a, $b)",
          "$a + $b",
          "$a - $b",
          "$a * $b",
          "$a / $b",
          "$a DIV $b",
          "$a % $b",
          "pmod($a, $b)",
          "pow($a, $b)",
          "least($a, $b)",
          "greatest($a, $b)",
          "coalesce($a, $b)",
          "nvl($a, $b)",
          "nullif($a, $b)",
          "if($a IS NULL, $a, $b)",
          "left($a, $b)",
          "substring($a, $b)",
          "substring($a, $b, $b)",
          "datediff($a, $b)",
          "date_add($a, $b)",
          "date_sub($a, $b)",
          "CASE WHEN $a = $b THEN $a ELSE $b END",
          "$a BETWEEN $b AND $a");

  /** What one computes may be what another takes: results have digits that no column has. */
  static final List<String> OF_RESULTS =
      results(
          List.of("-($r)", "abs($r)", "floor($r)", "round($r, -3)", "($r) % $a", "($r) DIV $b"),
          List.of("$a + $b", "$a - $b", "$a * $b", "$a / $b", "-$a", "$a % $b", "floor($a)"));

  /** Aggregates over all rows, and over each. */
  static final List<String> AGGREGATES =
      List.of(
          "count($a)",
          "count_if($a IS NULL)",
          "sum($a)",
          "avg($a)",
          "stddev_samp($a)",
          "stddev_pop($a)",
          "var_samp($a)",
          "var_pop($a)",
          "corr($a, $b)",
          "covar_samp($a, $b)",
          "covar_pop($a, $b)",
          "regr_count($a, $b)",
          "regr_avgx($a, $b)",
          "regr_avgy($a, $b)",
          "regr_r2($a, $b)",
          "regr_sxx($a, $b)",
          "regr_sxy($a, $b)",
          "regr_syy($a, $b)",
          "regr_slope($a, $b)",
          "regr_intercept($a, $b)",
          "min($a)",
          "max($a)",
          "median($a)",
          "percentile($a, 0.5)",
          "percentile($a, array(0.0, 1.0))",
          "percentile_approx($a, 0.5)",
          "percentile_approx($a, array(0.1, 0.9), 10)",
          "histogram_numeric($a, 2)",
          "approx_count_distinct($a)");

  /** Aggregates over values instead of rows. */
  static final List<String> DISTINCT = List.of("count(DISTINCT $a)", "sum(DISTINCT $a)");

  private static final String OVER = " OVER (PARTITION BY $b ORDER BY $a)";

  /** Values over other rows. */
  static final List<String> WINDOWS =
      List.of(
          "row_number()" + OVER,
          "rank()" + OVER,
          "dense_rank()" + OVER,
          "percent_rank()" + OVER,
          "cume_dist()" + OVER,
          "ntile(2147483647)" + OVER,
          "lag($a, 2147483647)" + OVER,
          "lead($a, -2147483647, $b)" + OVER,
          "max($a) OVER (PARTITION BY $b)",
          "count($a) OVER (PARTITION BY $b ORDER BY $a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
          "sum($a) OVER (ORDER BY $a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)");

  /** Several rows of one. */
  static final List<String> ROWS =
      List.of("explode($a)", "posexplode($a)", "explode(array(1, NULL))");

  /** Totals of several groupings. */
  static final List<String> GROUPINGS = List.of("$a, grouping($a)", "$a, grouping_id()");

  private Drivers() {}

  private static List<String> results(List<String> outer, List<String> inner) {
    List<String> all = new ArrayList<>();
    for (String of : outer) {
      inner.forEach(result -> all.add(of.replace("$r", result)));
    }
    return List.copyOf(all);
  }
}
