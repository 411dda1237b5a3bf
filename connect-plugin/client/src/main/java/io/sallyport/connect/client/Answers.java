package io.sallyport.connect.client;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Cells of answers. An answer of another form than the protocol's is a {@link RemoteFailure}. */
final class Answers {

  private Answers() {}

  static Row one(List<Row> rows) {
    if (rows.size() != 1) {
      throw unexpected("an answer of one row");
    }
    return rows.get(0);
  }

  /** A text; empty when there is nothing to say. */
  static Optional<String> said(Row row, String column) {
    return cell(row, column, String.class).filter(text -> !text.isEmpty());
  }

  static String text(Row row, String column) {
    return said(row, column).orElseThrow(() -> unexpected("a text in " + column));
  }

  static <E extends Enum<E>> E name(Row row, String column, Class<E> names) {
    String name = text(row, column);
    return Arrays.stream(names.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unexpected("one of " + Arrays.toString(names.getEnumConstants())));
  }

  static StructType schema(String json) {
    try {
      if (DataType.fromJson(json) instanceof StructType schema) {
        return schema;
      }
    } catch (Exception e) { // what is no JSON throws a checked one, which Scala does not declare
      throw new RemoteFailure("The server's schema cannot be read", e);
    }
    throw unexpected("the schema of rows");
  }

  static Optional<Instant> instant(Row row, String column) {
    return cell(row, column, Object.class)
        .map(
            time -> {
              if (time instanceof Timestamp timestamp) {
                return timestamp.toInstant();
              } else if (time instanceof Instant instant) {
                return instant;
              }
              throw unexpected("a time in " + column);
            });
  }

  static <T> Optional<T> cell(Row row, String column, Class<T> type) {
    Object value;
    try {
      value = row.get(row.fieldIndex(column));
    } catch (RuntimeException e) {
      throw new RemoteFailure("The server's answer has no column " + column, e);
    }
    if (value != null && !type.isInstance(value)) {
      throw unexpected(type.getSimpleName() + " in " + column);
    }
    return Optional.ofNullable(type.cast(value));
  }

  private static RemoteFailure unexpected(String expected) {
    return new RemoteFailure("The server's answer is not of this protocol: expected " + expected);
  }
}
