package io.sallyport.connect.cli.server;

/** A session of the owner at a server. */
public interface OwnerServer extends AutoCloseable {

  /**
   * Runs SQL.
   *
   * @throws ServerException in the server's words, or when it cannot be reached
   */
  Answer sql(String text);

  @Override
  void close();
}
