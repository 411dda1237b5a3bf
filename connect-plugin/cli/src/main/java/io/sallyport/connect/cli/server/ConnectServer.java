package io.sallyport.connect.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A session over Spark Connect and TLS, by Spark's own client. Every call ends within two minutes,
 * which that client, left alone, would not do.
 */
public final class ConnectServer implements OwnerServer {
  private static final int LONGEST_SECONDS = 120;

  private final SparkSession session;

  private ConnectServer(SparkSession session) {
    this.session = session;
  }

  /**
   * Opens a session.
   *
   * @throws ServerException when nothing listens there or what does is not trusted
   */
  public static OwnerServer connect(ServerAddress address, Token token) {
    Reach.require(address);
    String connection = address + "/;use_ssl=true;token=" + token.text();
    return new ConnectServer(inTime(() -> SparkSession.builder().remote(connection).create()));
  }

  @Override
  public Answer sql(String text) {
    return inTime(() -> rows(text));
  }

  @Override
  public void close() {
    inTime(
        () -> {
          try {
            session.close();
            return true;
          } catch (IOException e) {
            throw new ServerException("The session could not be closed", e);
          }
        });
  }

  private Answer rows(String text) {
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
  }

  private static String text(Object value) {
    if (value == null) {
      return "NULL";
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
  }

  private static <T> T inTime(Supplier<T> call) {
    try {
      return CompletableFuture.supplyAsync(call).get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ServerException known
          ? known
          : new ServerException(String.valueOf(e.getCause().getMessage()), e);
    } catch (TimeoutException e) {
      throw new ServerException("The server did not answer within two minutes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted", e);
    }
  }
}
