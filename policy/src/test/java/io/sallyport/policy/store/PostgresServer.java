package io.sallyport.policy.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server of its own: in a temporary directory, on a free port of the loopback
 * interface, gone when the JVM ends. As root it runs as the user {@code postgres}, because
 * PostgreSQL refuses root.
 */
public final class PostgresServer {
  private static final int PATIENCE_SECONDS = 60;
  private static final String USER = "tester";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path binaries;
  private final Path directory;
  private final int port;

  private PostgresServer(Path binaries, Path directory, int port) {
    this.binaries = binaries;
    this.directory = directory;
    this.port = port;
  }

  private static final class Shared {
    private static final PostgresServer SERVER = start();

    private Shared() {}
  }

  /** The one that tests share. They must not stop it. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A new one, running. */
  public static PostgresServer start() {
    try {
      Path directory = Files.createTempDirectory("sallyport-postgres");
      PostgresServer server = new PostgresServer(binaries(), directory, freePort());
      Runtime.getRuntime().addShutdownHook(new Thread(server::end));
      if (isRoot()) {
        run(List.of("chown", "postgres", directory.toString()));
      }
      server.asServer(
          "initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", "-D", server.data());
      server.resume();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The terms of a new, empty database on it. */
  public StoreTerms newDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return new StoreTerms(url(name), Optional.of(USER), Optional.empty());
  }

  /** Ends every connection to it, as a failing network would. */
  public void dropConnections() {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            + " AND backend_type = 'client backend'");
  }

  /** Stops it at once, as a crash would. */
  public void stop() {
    asServer("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
  }

  /** Starts it again, on the same port and data. */
  public void resume() {
    String options =
        "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
            .formatted(port, directory);
    asServer(
        "pg_ctl",
        "start",
        "-w",
        "-l",
        directory.resolve("log").toString(),
        "-o",
        options,
        "-D",
        data());
  }

  private void end() {
    try {
      stop();
    } catch (IllegalStateException e) {
      // A test had stopped it.
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private void asServer(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) {
    try {
      Path output = Files.createTempFile("sallyport-postgres", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String said = Files.readString(output);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + " failed:\n" + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path binaries() throws IOException {
    List<Path> folders = new ArrayList<>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.sorted(Comparator.reverseOrder()).map(v -> v.resolve("bin")).forEach(folders::add);
      }
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      folders.add(Path.of(folder));
    }
    return folders.stream()
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .filter(folder -> Files.isExecutable(folder.resolve("pg_ctl")))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "These tests need a PostgreSQL server: initdb and pg_ctl are neither in"
                        + " /usr/lib/postgresql/*/bin nor in the PATH. Install Debian's package"
                        + " 'postgresql' (apt-get install postgresql)"));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
