package io.sallyport.policy.store;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One row that was read; columns by name. */
public final class Row {
  private final ResultSet found;

  Row(ResultSet found) {
    this.found = found;
  }

  /** A text that is there. */
  public String text(String column) throws SQLException {
    return found.getString(column);
  }

  /** A text, if there is one. */
  public Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(found.getString(column));
  }

  /** Texts in their order. */
  public List<String> texts(String column) throws SQLException {
    Array array = found.getArray(column);
    try {
      return Arrays.stream((Object[]) array.getArray()).map(String.class::cast).toList();
    } finally {
      array.free();
    }
  }

  /** A whole number. */
  public long number(String column) throws SQLException {
    return found.getLong(column);
  }

  /** An exact decimal number. */
  public BigDecimal decimal(String column) throws SQLException {
    return found.getBigDecimal(column);
  }

  /** A truth. */
  public boolean truth(String column) throws SQLException {
    return found.getBoolean(column);
  }

  /** Bytes. */
  public byte[] bytes(String column) throws SQLException {
    return found.getBytes(column);
  }

  /** A time that is there. */
  public Instant time(String column) throws SQLException {
    return found.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** A time, if there is one. */
  public Optional<Instant> optionalTime(String column) throws SQLException {
    return Optional.ofNullable(found.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
