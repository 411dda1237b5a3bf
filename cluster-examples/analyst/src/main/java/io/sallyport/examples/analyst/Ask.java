package io.sallyport.examples.analyst;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** One question in SQL, and its answer or the reason why there is none. */
public final class Ask {

  private static final int MOST_ROWS = 100;

  private Ask() {}

  /** Takes the server's address, the folder with tokens, the person and the question. */
  @SuppressWarnings("SystemOut") // a program for a terminal
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("Usage: Ask sc://HOST:PORT TOKENS PERSON SQL");
    }
    Server server = new Server(arguments[0], Path.of(arguments[1]));
    int code = 0;
    try (SparkSession session = server.connect(arguments[2])) {
      session.sql(arguments[3]).show(MOST_ROWS, false);
    } catch (Exception e) { // Spark's own exceptions are checked, and Scala does not declare them
      System.out.println(e.getMessage());
      code = 1;
    }
    System.exit(code);
  }
}
