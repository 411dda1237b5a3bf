package io.sallyport.connect.server.proto;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A flat type, as a client names it in DDL or JSON. Spark's own parsers are never asked: a type's
 * name can be a class's name there.
 *
 * @param kind which type
 * @param precision digits of a decimal; 0 for other types
 * @param scale digits after the point of a decimal; 0 for other types
 */
record SimpleType(Kind kind, int precision, int scale) {

  static final int USUAL_PRECISION = 10;
  static final String DEMAND =
      "boolean, byte, short, int, long, float, double, decimal(p,s), string, date, timestamp or"
          + " timestamp_ntz";

  private static final int MOST_DIGITS = 38;
  private static final Pattern DECIMAL =
      Pattern.compile("(?:decimal|dec|numeric)(?: ?\\( ?(\\d{1,2}) ?(?:, ?(\\d{1,2}) ?)?\\))?");

  private static final Map<String, Kind> NAMES =
      Map.ofEntries(
          Map.entry("boolean", Kind.BOOLEAN),
          Map.entry("tinyint", Kind.BYTE),
          Map.entry("byte", Kind.BYTE),
          Map.entry("smallint", Kind.SHORT),
          Map.entry("short", Kind.SHORT),
          Map.entry("int", Kind.INTEGER),
          Map.entry("integer", Kind.INTEGER),
          Map.entry("bigint", Kind.LONG),
          Map.entry("long", Kind.LONG),
          Map.entry("float", Kind.FLOAT),
          Map.entry("real", Kind.FLOAT),
          Map.entry("double", Kind.DOUBLE),
          Map.entry("string", Kind.STRING),
          Map.entry("date", Kind.DATE),
          Map.entry("timestamp", Kind.TIMESTAMP),
          Map.entry("timestamp_ltz", Kind.TIMESTAMP),
          Map.entry("timestamp_ntz", Kind.TIMESTAMP_NTZ));

  /** The types there are. */
  enum Kind {
    BOOLEAN,
    BYTE,
    SHORT,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    DECIMAL,
    STRING,
    DATE,
    TIMESTAMP,
    TIMESTAMP_NTZ
  }

  /**
   * The type of a name in DDL or in JSON, where each has names of its own and none is ambiguous.
   */
  static Optional<SimpleType> of(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(plain);
    return decimal.matches()
        ? decimal(decimal.group(1), decimal.group(2))
        : Optional.ofNullable(NAMES.get(plain)).map(kind -> new SimpleType(kind, 0, 0));
  }

  /** The name that Spark writes into a schema's JSON. */
  String json() {
    return kind == Kind.DECIMAL
        ? "decimal(" + precision + "," + scale + ")"
        : kind.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<SimpleType> decimal(String precision, String scale) {
    int digits = precision == null ? USUAL_PRECISION : Integer.parseInt(precision);
    int after = scale == null ? 0 : Integer.parseInt(scale);
    return digits >= 1 && digits <= MOST_DIGITS && after <= digits
        ? Optional.of(new SimpleType(Kind.DECIMAL, digits, after))
        : Optional.empty();
  }
}
