package io.sallyport.spark.weather;

import io.sallyport.policy.audit.FileAuditLog;
import io.sallyport.policy.notify.Probing;
import io.sallyport.policy.notify.RequestNotifier;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.answer.DurableState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.classic.SparkSession;

/**
 * A server in a JVM of its own, with its analysts and owners as threads. It starts Spark, waits for
 * a line, and only then opens its directory: the one before it may still be at work there.
 */
final class DoomedServer {
  /** Who asks. */
  static final List<String> ANALYSTS = List.of("ada", "bea", "cem", "dan");

  private DoomedServer() {}

  /** Arguments: the directory, what to call this life, and a seed. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    long seed = Long.parseLong(args[2]);
    SparkSession spark = ClinicServer.spark(directory, 1);
    new Acknowledged(Acknowledged.Kind.PREPARED, args[1], "", "", "").print();
    StringBuilder asked = new StringBuilder();
    for (int c = System.in.read(); c != '\n'; c = System.in.read()) {
      if (c < 0) {
        return; // it is not needed any more
      }
      asked.append((char) c);
    }
    int questions = Integer.parseInt(asked.toString());
    dieWithParent();
    ClinicServer server = open(spark, directory);
    new Acknowledged(Acknowledged.Kind.READY, args[1], "", "", "").print();
    List<Runnable> people = new ArrayList<>();
    for (String name : ANALYSTS) {
      people.add(new Analyst(server, name, args[1], questions, seed + people.size()));
    }
    for (String name : List.of("olga", "otto")) {
      people.add(new Owner(server, name, args[1], seed + people.size()));
    }
    people.forEach(person -> new Thread(() -> live(person)).start());
  }

  /** Whoever started this server holds its input open; without them nobody would kill it. */
  private static void dieWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException e) {
                // The same as its end.
              }
              Runtime.getRuntime().halt(1);
            });
    watch.setDaemon(true);
    watch.start();
  }

  /** Nobody's end is silent. */
  private static void live(Runnable person) {
    try {
      person.run();
    } catch (RuntimeException | Error e) {
      new Acknowledged(
              Acknowledged.Kind.WRONG, "", "", e.getClass().getName(), oneLine(e.getMessage()))
          .print();
    }
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replace('\n', ' ').replace('\t', ' ');
  }

  private static ClinicServer open(SparkSession spark, Path directory) {
    Settings settings = Settings.load(Clinic.settings(directory));
    DurableState opened =
        DurableState.open(settings, StoppingFiles.configuration(), Clock.systemUTC());
    DurableState durable =
        new DurableState(
            opened.store(),
            opened.desk(),
            opened.ledger(),
            opened.catalogue(),
            opened.files(),
            new StoppingNotifier(),
            opened.clock());
    return ClinicServer.open(
        spark,
        settings,
        durable,
        new StoppingAudit(FileAuditLog.open(ClinicServer.audit(directory))));
  }

  private static final class StoppingNotifier implements RequestNotifier {
    @Override
    public void filed(String requestId, String principal, List<String> frames, Instant filedAt) {
      FailurePoint.REQUEST_UNTOLD.reached();
    }

    @Override
    public void probed(Probing probing) {}

    @Override
    public void close() {}
  }
}
