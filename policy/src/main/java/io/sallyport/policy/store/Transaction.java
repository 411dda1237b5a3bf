package io.sallyport.policy.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One transaction that has begun. Valid while its work runs, on the thread that runs it.
 *
 * <p>Arguments of statements are texts, numbers, truths, instants, bytes, collections of texts, and
 * optionals of these. Instants are kept to the microsecond.
 */
public final class Transaction {
  private final Connection connection;
  private boolean writing;

  Transaction(Connection connection) {
    this.connection = connection;
  }

  /**
   * Changes rows, and tells how many.
   *
   * @throws IllegalArgumentException when an argument cannot be stored
   */
  public int update(String sql, Object... arguments) throws SQLException {
    writing = true;
    try (PreparedStatement statement = prepare(sql, arguments)) {
      return statement.executeUpdate();
    }
  }

  /**
   * Reads rows.
   *
   * @throws IllegalArgumentException when an argument cannot be stored
   */
  public <R> List<R> query(RowReader<R> reader, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet found = statement.executeQuery()) {
      Row row = new Row(found);
      List<R> read = new ArrayList<>();
      while (found.next()) {
        read.add(reader.read(row));
      }
      return read;
    }
  }

  /**
   * Reads the first row.
   *
   * @throws IllegalArgumentException when an argument cannot be stored
   */
  public <R> Optional<R> first(RowReader<R> reader, String sql, Object... arguments)
      throws SQLException {
    return query(reader, sql, arguments).stream().findFirst();
  }

  /** Whether there is anything that must survive. */
  boolean isWriting() {
    return writing;
  }

  private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < arguments.length; i++) {
        bind(statement, i + 1, arguments[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private void bind(PreparedStatement statement, int at, Object argument) throws SQLException {
    if (argument instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        bind(statement, at, optional.get());
      } else {
        statement.setNull(at, Types.NULL);
      }
    } else if (argument instanceof String text) {
      statement.setString(at, StoredText.require(text));
    } else if (argument instanceof Instant instant) {
      statement.setObject(at, StoredTime.toMicros(instant).atOffset(ZoneOffset.UTC));
    } else if (argument instanceof Integer || argument instanceof Long) {
      statement.setLong(at, ((Number) argument).longValue());
    } else if (argument instanceof BigDecimal decimal) {
      statement.setBigDecimal(at, decimal);
    } else if (argument instanceof Boolean truth) {
      statement.setBoolean(at, truth);
    } else if (argument instanceof byte[] bytes) {
      statement.setBytes(at, bytes);
    } else if (argument instanceof Collection<?> texts) {
      Object[] array = texts.stream().map(text -> StoredText.require((String) text)).toArray();
      statement.setArray(at, connection.createArrayOf("varchar", array));
    } else {
      throw new IllegalArgumentException(
          "A statement's argument must be of a known type. Provided type: " + argument.getClass());
    }
  }
}
