package io.sallyport.policy.store;

import java.sql.SQLException;

/**
 * Makes a value of a row.
 *
 * @param <R> of which type
 */
@FunctionalInterface
public interface RowReader<R> {

  /**
   * The value of this row; the row is valid only until this returns.
   *
   * @throws SQLException as the row does
   */
  R read(Row row) throws SQLException;
}
