package io.sallyport.connect.cli.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A session over Spark Connect and TLS, by Spark's own client. */
public final class ConnectServer implements OwnerServer {
  private static final int REACH_MILLIS = 5000;

  private final SparkSession session;

  private ConnectServer(SparkSession session) {
    this.session = session;
  }

  /**
   * Opens a session.
   *
   * @throws ServerException when nothing listens there
   */
  public static OwnerServer connect(ServerAddress address, Token token) {
    requireReachable(address);
    String connection = address + "/;use_ssl=true;token=" + token.text();
    try {
      return new ConnectServer(SparkSession.builder().remote(connection).create());
    } catch (RuntimeException e) {
      throw new ServerException("No session could be opened at " + address, e);
    }
  }

  @Override
  public Answer sql(String text) {
    try {
      Dataset<Row> rows = session.sql(text);
      List<List<String>> texts = new ArrayList<>();
      for (Row row : rows.collectAsList()) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
          values.add(text(row.get(i)));
        }
        texts.add(values);
      }
      return new Answer(Arrays.asList(rows.columns()), texts);
    } catch (Exception e) { // Spark's own exceptions are checked, and Scala does not declare them
      throw new ServerException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (IOException e) {
      throw new ServerException("The session could not be closed", e);
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return "NULL";
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
  }

  /** Spark's client would try for minutes. */
  private static void requireReachable(ServerAddress address) {
    String host = address.host().replaceAll("[\\[\\]]", "");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, address.port()), REACH_MILLIS);
    } catch (IOException e) {
      throw new ServerException("Nothing listens at " + address, e);
    }
  }
}
