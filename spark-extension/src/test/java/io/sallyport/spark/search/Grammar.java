package io.sallyport.spark.search;

import java.util.List;
import java.util.Random;

/** Random numbers and conditions over the columns of a base. */
final class Grammar {

  private final Random random;
  private final Base base;
  private final Oddities odd;

  Grammar(Random random, Base base, Oddities odd) {
    this.random = random;
    this.base = base;
    this.odd = odd;
  }

  Num number() {
    if (odd.take(2)) {
      return number(1 + random.nextInt(5) / 4);
    }
    return random.nextInt(6) == 0 ? linear(column(), "2", "1") : column();
  }

  Num column() {
    return Num.column(pick(base.numbers()));
  }

  private Num number(int depth) {
    if (depth == 0) {
      return column();
    }
    Col column = pick(base.numbers());
    Num x = random.nextInt(3) > 0 ? Num.column(column) : number(depth - 1);
    String v = column.value(random);
    return switch (random.nextInt(22)) {
      case 0 -> linear(x, pick(List.of("2", "1000", "-1", "1")), pick(List.of("0", "3", "-" + v)));
      case 1 -> x.with(pick(List.of(" + ", " - ", " * ")), column());
      case 2 -> x.in("coalesce(%s * 0, 1)").moved();
      case 3 -> x.in("(%s * 0 + 1)").moved();
      case 4 -> x.in("coalesce(%s, 0)");
      case 5 -> x.in("CAST(%s + (1000 - " + v + ") AS DECIMAL(3,0))").moved();
      case 6 -> x.in("coalesce(CAST(%s + (1000 - " + v + ") AS DECIMAL(3,0)) * 0, 1)").moved();
      case 7 -> x.in("CAST(%s + (128 - " + v + ") AS TINYINT)").moved();
      case 8 -> linear(x, "1000", "(2147483648 - 1000 * " + v + ")");
      case 9 ->
          x.inWide("(%s + CAST(128 - " + v + " AS TINYINT))", "(%s + (128D - " + v + "))").moved();
      case 10 ->
          x.inWide("(%s - (" + v + " - 32.5F) + 1e9F - 1e9F)", "(%s - (" + v + " - 32.5D))")
              .moved();
      case 11 -> x.inWide("((CAST(%s AS FLOAT) + 134217728F) - 134217728F)", "%s");
      case 12 -> x.in("IF(" + flag() + ", %s, " + pick(List.of("0", "NULL", "1")) + ")").moved();
      case 13 -> chosen(x, flag());
      case 14 -> x.in("(%s * CAST(" + flag() + " AS INT))");
      case 15 -> x.in("CAST(%s AS " + pick(List.of("INT", "DOUBLE", "DECIMAL(20,4)")) + ")");
      case 16 -> x.in("CAST(%s / " + v + " AS INT)");
      case 17 -> flagged(flag());
      case 18 -> x.in("nullif(%s, " + v + ")").moved();
      case 19 -> x.in(pick(List.of("greatest(%s, " + v + ")", "least(%s, " + v + ")"))).moved();
      case 20 -> x.in(pick(List.of("abs(%s)", "-%s", "round(%s, 0)", "pow(%s, 2)", "sqrt(%s)")));
      default ->
          x.in(
                  pick(List.of("(%s / 0)", "(%s % 2)", "(1 / (%s - " + v + "))", "(%s DIV 97)"))
                      .replace("% ", "%% "))
              .moved();
    };
  }

  /** A flag as a number. */
  static Num flagged(String flag) {
    String sql = "CAST((" + flag + ") AS INT)";
    return new Num(sql, sql, null, false);
  }

  private Num linear(Num x, String a, String b) {
    String whole = "(%s * " + a + " + " + b + ")";
    String int32 = b.startsWith("(") ? "(%s * " + a + " + CAST(" + b + " AS INT))" : whole;
    Num made = x.inWide(int32, "(%s * " + a + "D + " + b + ")");
    return b.equals("0") ? made : made.moved();
  }

  private Num chosen(Num x, String flag) {
    Num other = column();
    String end = random.nextBoolean() ? " END" : " ELSE %s END";
    String when = "CASE WHEN " + flag + " THEN %s";
    return new Num(
        (when + end).formatted(x.raw(), other.raw()),
        (when + end).formatted(x.finite(), other.finite()),
        null,
        true);
  }

  String flag() {
    return odd.take(2) ? oddFlag() : plainFlag();
  }

  /** One that parts people in halves or so. */
  private String plainFlag() {
    Col column = pick(base.numbers());
    return random.nextInt(3) > 0
        ? pick(base.flags())
        : column.sql() + pick(List.of(" > ", " <= ")) + column.middle();
  }

  private String oddFlag() {
    Col column = pick(base.numbers());
    String x = column.sql();
    String v = column.value(random);
    return switch (random.nextInt(22)) {
      case 0, 1, 2, 3 -> base.odd();
      case 4, 5 -> x + " > " + v;
      case 6 -> x + " <> " + v;
      case 7 -> x + " < " + v;
      case 8 -> x + " IS NULL";
      case 9 -> x + " IS NOT NULL";
      case 10 -> "NOT (" + x + " <=> " + v + ")";
      case 11 -> x + " IN (" + v + ", 3, 5)";
      case 12 -> "NOT (" + flag() + ")";
      case 13 -> "(" + flag() + " AND " + flag() + ")";
      case 14 -> "(" + flag() + " OR " + flag() + ")";
      case 15 -> "CAST((" + x + " - " + v + ") * 0.0D AS STRING) = '-0.0'";
      case 16 -> "isnan(CAST(" + x + " AS DOUBLE))";
      case 17 ->
          base.unit() == null
              ? x + " = 3"
              : "CAST((" + base.unit() + " - 130) * 0.0D AS STRING) = '-0.0'";
      case 18 -> "coalesce(CAST(" + x + " + (1000 - " + v + ") AS DECIMAL(3,0)) > 0, false)";
      case 19 -> "coalesce(" + x + " * 0, 1) = 0";
      default -> x + " >= " + v;
    };
  }

  <T> T pick(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }
}
