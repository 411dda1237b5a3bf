package io.sallyport.policy.store;

import java.sql.Connection;

/** One transaction that has begun. Valid while its work runs, on the thread that runs it. */
public final class Transaction {
  private final Connection connection;

  Transaction(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }
}
