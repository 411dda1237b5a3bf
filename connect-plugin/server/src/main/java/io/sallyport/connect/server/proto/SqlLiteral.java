package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression.Literal;

/**
 * A value in SQL, written so that it is that value and of that type, and nothing else: whatever a
 * text holds, no character of it can end the literal.
 */
public final class SqlLiteral {

  private static final String PLAIN = " ,.:;=()[]%<>_-/";

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private SqlLiteral() {}

  /** Every character but harmless ones by its code: people wrote some of them. */
  public static String text(String text) {
    StringBuilder literal = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean plain =
          (unit >= 'a' && unit <= 'z')
              || (unit >= 'A' && unit <= 'Z')
              || (unit >= '0' && unit <= '9')
              || PLAIN.indexOf(unit) >= 0;
      literal.append(plain ? String.valueOf(unit) : "\\u%04x".formatted((int) unit));
    }
    return literal.append('\'').toString();
  }

  /**
   * An admitted literal.
   *
   * @throws RefusedException PARAM_INVALID when it is not of a simple type
   */
  static String of(Literal value) {
    return switch (value.getLiteralTypeCase()) {
      case NULL -> nothing(value.getNull());
      case BOOLEAN -> value.getBoolean() ? "TRUE" : "FALSE";
      case BYTE -> value.getByte() + "Y";
      case SHORT -> value.getShort() + "S";
      case INTEGER -> Integer.toString(value.getInteger());
      case LONG -> value.getLong() + "L";
      case FLOAT ->
          Float.isFinite(value.getFloat())
              ? value.getFloat() + "F"
              : "CAST('" + value.getFloat() + "' AS FLOAT)";
      case DOUBLE ->
          Double.isFinite(value.getDouble())
              ? value.getDouble() + "D"
              : "CAST('" + value.getDouble() + "' AS DOUBLE)";
      case DECIMAL -> decimal(value.getDecimal());
      case STRING -> text(value.getString());
      case DATE -> "DATE'" + LocalDate.ofEpochDay(value.getDate()) + "'";
      case TIMESTAMP -> "TIMESTAMP_LTZ'" + moment(value.getTimestamp()) + "Z'";
      case TIMESTAMP_NTZ -> "TIMESTAMP_NTZ'" + moment(value.getTimestampNtz()) + "'";
      default ->
          throw RefusedException.of(
              RefusalCode.PARAM_INVALID,
              "A parameter of the SQL text has a value that is not simple",
              "a number, boolean, string, date, timestamp, decimal or None");
    };
  }

  private static String decimal(Literal.Decimal decimal) {
    String digits = decimal.getValue() + "BD";
    return decimal.hasPrecision() && decimal.hasScale()
        ? "CAST("
            + digits
            + " AS DECIMAL("
            + decimal.getPrecision()
            + ","
            + decimal.getScale()
            + "))"
        : digits;
  }

  private static String moment(long microsecond) {
    Instant instant = Instant.EPOCH.plus(microsecond, ChronoUnit.MICROS);
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).format(MOMENT);
  }

  private static String nothing(DataType type) {
    String name =
        switch (type.getKindCase()) {
          case BOOLEAN -> "BOOLEAN";
          case BYTE -> "TINYINT";
          case SHORT -> "SMALLINT";
          case INTEGER -> "INT";
          case LONG -> "BIGINT";
          case FLOAT -> "FLOAT";
          case DOUBLE -> "DOUBLE";
          case STRING -> "STRING";
          case DATE -> "DATE";
          case TIMESTAMP -> "TIMESTAMP_LTZ";
          case TIMESTAMP_NTZ -> "TIMESTAMP_NTZ";
          default -> "";
        };
    return name.isEmpty() ? "NULL" : "CAST(NULL AS " + name + ")";
  }
}
