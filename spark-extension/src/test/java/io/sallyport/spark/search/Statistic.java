package io.sallyport.spark.search;

import io.sallyport.spark.search.Linear.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An aggregate of a question.
 *
 * @param sql as the analyst writes it
 * @param linear the sums that it is made of
 */
record Statistic(String sql, List<Linear> linear) {

  private static final List<String> SPREADS =
      List.of("stddev", "variance", "var_pop", "stddev_pop");
  private static final List<String> PAIRS =
      List.of(
          "covar_pop", "covar_samp", "corr", "regr_slope", "regr_r2", "regr_sxy", "regr_intercept");

  /** A random one over the base. */
  static Statistic of(Random random, Base base, Oddities odd) {
    Grammar grammar = new Grammar(random, base, odd);
    String where = random.nextInt(4) == 0 ? grammar.flag() : "";
    String filter = where.isEmpty() ? "" : " FILTER (WHERE " + where + ")";
    Num x = grammar.number();
    return switch (random.nextInt(14)) {
      case 0 ->
          one("count(*)", filter, new Linear(Kind.ROWS, "count(*)" + filter, "", where, false));
      case 1 -> one("count(" + x.raw() + ")", filter, count(x, where));
      case 2 -> {
        String flag = grammar.flag();
        String sql = "count_if(" + flag + ")";
        yield one(sql, filter, new Linear(Kind.COUNT, sql + filter, "", flag + where, false));
      }
      case 3 -> {
        String sql = "count(DISTINCT " + base.unit() + ")";
        yield base.unit() == null
            ? sum(x, filter, where, "sum")
            : one(sql, filter, new Linear(Kind.UNITS, sql + filter, "", where, false));
      }
      case 4, 5, 6, 7 -> sum(x, filter, where, "sum");
      case 8 -> sum(x, filter, where, "avg");
      case 9 -> sum(Grammar.flagged(grammar.flag()), filter, where, "sum");
      case 10, 11 -> spread(x, filter, where, grammar.pick(SPREADS));
      case 12 ->
          pair(
              Grammar.flagged(grammar.flag()),
              Grammar.flagged(grammar.flag()),
              filter,
              where,
              grammar.pick(PAIRS));
      default -> pair(x, grammar.number(), filter, where, grammar.pick(PAIRS));
    };
  }

  private static Statistic one(String sql, String filter, Linear linear) {
    return new Statistic(sql + filter, List.of(linear));
  }

  private static Linear count(Num x, String where) {
    return new Linear(
        Kind.COUNT, "count(" + x.finite() + ")" + filter(where), x.raw(), where, false);
  }

  private static String filter(String where) {
    return where.isEmpty() ? "" : " FILTER (WHERE " + where + ")";
  }

  private static Statistic sum(Num x, String filter, String where, String function) {
    List<Linear> linear = new ArrayList<>();
    linear.add(count(x, where));
    linear.add(
        new Linear(Kind.SUM, "sum(" + x.finite() + ")" + filter, x.raw(), where, x.shifted()));
    if (x.wide() != null) {
      linear.add(
          new Linear(
              Kind.WRAP,
              "sum(" + x.wide() + " - CAST(" + x.raw() + " AS DOUBLE))" + filter,
              x.raw(),
              where,
              false));
    }
    return new Statistic(function + "(" + x.raw() + ")" + filter, linear);
  }

  private static Statistic spread(Num x, String filter, String where, String function) {
    List<Linear> linear = new ArrayList<>(sum(x, filter, where, "sum").linear);
    linear.add(
        new Linear(
            Kind.SQUARE,
            "sum(CAST(%1$s AS DOUBLE) * %1$s)".formatted(x.finite()) + filter,
            x.raw(),
            where,
            true));
    return new Statistic(function + "(" + x.raw() + ")" + filter, linear);
  }

  private static Statistic pair(Num y, Num x, String filter, String where, String function) {
    String both = "(%s) IS NOT NULL AND (%s) IS NOT NULL".formatted(x.finite(), y.finite());
    String rows = where.isEmpty() ? both : both + " AND (" + where + ")";
    List<Linear> linear = new ArrayList<>();
    linear.add(count(x, rows));
    linear.add(new Linear(Kind.SUM, "sum(" + x.finite() + ")" + filter(rows), "x", rows, true));
    linear.add(new Linear(Kind.SUM, "sum(" + y.finite() + ")" + filter(rows), "y", rows, true));
    linear.add(
        new Linear(
            Kind.PRODUCT,
            "sum(CAST(%s AS DOUBLE) * %s)".formatted(x.finite(), y.finite()) + filter(rows),
            "xy",
            rows,
            true));
    return new Statistic("%s(%s, %s)".formatted(function, y.raw(), x.raw()) + filter, linear);
  }
}
