package io.sallyport.spark.search;

/**
 * A number of a row, in three spellings.
 *
 * @param raw as the analyst writes it
 * @param finite the same where NaN and infinities of stored columns count as missing
 * @param wide the same where whole numbers do not wrap and floats keep their digits; null where
 *     that cannot be said
 * @param shifted whether it is more than a column or a part of it, so that zero is no special value
 */
record Num(String raw, String finite, String wide, boolean shifted) {

  private static final String BOUNDED = "CASE WHEN abs(%1$s) < 1e300 THEN %1$s END";

  static Num column(Col column) {
    String name = column.sql();
    boolean narrow =
        switch (column.type()) {
          case INT, TINY, FLOAT -> true;
          default -> false;
        };
    boolean floating = column.type() == Col.Type.DOUBLE || column.type() == Col.Type.FLOAT;
    return new Num(
        name,
        floating ? BOUNDED.formatted(name) : name,
        narrow ? "CAST(" + name + " AS DOUBLE)" : null,
        false);
  }

  /** Put into a template with one {@code %s}. */
  Num in(String template) {
    return new Num(template.formatted(raw), template.formatted(finite), null, shifted);
  }

  /** The same, and the template says the same of numbers that do not wrap. */
  Num inWide(String template, String wideTemplate) {
    return new Num(
        template.formatted(raw),
        template.formatted(finite),
        wide == null ? null : wideTemplate.formatted(wide),
        shifted);
  }

  Num with(String operator, Num other) {
    return new Num(
        "(" + raw + operator + other.raw + ")",
        "(" + finite + operator + other.finite + ")",
        wide == null || other.wide == null ? null : "(" + wide + operator + other.wide + ")",
        true);
  }

  Num moved() {
    return new Num(raw, finite, wide, true);
  }
}
