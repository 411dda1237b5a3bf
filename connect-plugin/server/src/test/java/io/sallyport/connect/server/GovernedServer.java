package io.sallyport.connect.server;

import io.sallyport.connect.server.plugin.SallyportPlugin;
import io.sallyport.connect.server.server.Endpoint;
import io.sallyport.spark.Installation;
import io.sallyport.spark.seal.SealRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/**
 * A governed server in this JVM, on a free port of this machine, over generated frames:
 *
 * <ul>
 *   <li>{@code people} (id, name, city, age, income): 1000 people, unit {@code id}; 997 live in
 *       three large cities, 3 in {@code Smallville}; name is on the blacklist
 *   <li>{@code visits} (person, day, cost): four visits a person, unit {@code person}
 *   <li>{@code cities} (city, region): public
 *   <li>{@code asked}: the people again, by an owner who takes requests
 *   <li>{@code hidden} (x): a table without policy
 * </ul>
 *
 * The principals are {@code ada}, {@code bob} and {@code carl}, analysts, the last one for refusals
 * that are counted, and {@code olga}, who owns the frames.
 */
public final class GovernedServer implements AutoCloseable {

  /** A conf that no client may ever read. */
  public static final String SECRET = "never-to-be-seen";

  private final Path directory;
  private final SparkSession owner;
  private final Endpoint endpoint;

  private GovernedServer(Path directory, SparkSession owner, Endpoint endpoint) {
    this.directory = directory;
    this.owner = owner;
    this.endpoint = endpoint;
  }

  static GovernedServer start() {
    try {
      Path directory = Files.createTempDirectory("governed");
      People.writePrincipals(directory.resolve("principals.yaml"));
      org.apache.spark.sql.classic.SparkSession spark = spark(directory);
      org.apache.spark.sql.classic.SparkSession owner = SealRules.internalSessions().open(spark);
      Frames.write(owner, directory);
      Endpoint endpoint = Endpoint.start(spark, Installation.current().orElseThrow());
      return new GovernedServer(directory, owner, endpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static org.apache.spark.sql.classic.SparkSession spark(Path directory) {
    org.apache.spark.sql.classic.SparkSession.Builder builder =
        new org.apache.spark.sql.classic.SparkSession.Builder()
            .master("local[2]")
            .appName("governed")
            .config("spark.plugins", SallyportPlugin.class.getName())
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.warehouse.dir", directory.resolve("warehouse").toString())
            .config("spark.connect.grpc.binding.port", "0")
            .config("spark.hadoop.fs.s3a.secret.key", SECRET)
            .config("spark.sallyport.desk.port", "0")
            .config("spark.sallyport.store", directory.resolve("store").toString())
            // Tests leave sessions and connections open behind them.
            .config("spark.sallyport.limit.sessions-per-principal", "40")
            .config("spark.sallyport.limit.connections-per-address", "400")
            .config("spark.sallyport.limit.recorded-per-minute", "1000")
            .config("spark.sallyport.principals", directory.resolve("principals.yaml").toString());
    for (Map.Entry<String, String> line : Frames.settings(directory).entrySet()) {
      builder.config(line.getKey(), line.getValue());
    }
    return builder.getOrCreate();
  }

  /** A new session of the stock client, with the principal's token. */
  public SparkSession session(String principal) {
    return session(principal, Optional.empty());
  }

  /** The same, with a session id of the caller's choice. */
  public SparkSession session(String principal, UUID id) {
    return session(principal, Optional.of(id));
  }

  private SparkSession session(String principal, Optional<UUID> id) {
    String connection =
        "sc://localhost:"
            + port()
            + "/;token="
            + People.token(principal)
            + ";user_id=whoever"
            + id.map(session -> ";session_id=" + session).orElse("");
    return org.apache.spark.sql.connect.SparkSession.builder().remote(connection).create();
  }

  /** A client of hand-made messages, with the principal's token. */
  public RawClient raw(String principal) {
    return RawClient.withToken(port(), Optional.of(People.token(principal)));
  }

  /** The same, of another server on this machine with the same principals. */
  public RawClient raw(String principal, int port) {
    return RawClient.withToken(port, Optional.of(People.token(principal)));
  }

  /** The same, over TLS. */
  public RawClient rawOverTls(String principal, int port, Path certificate) throws IOException {
    return RawClient.overTls(port, Optional.of(People.token(principal)), certificate);
  }

  /** A client of hand-made messages, with any token or none. */
  public RawClient rawWithToken(Optional<String> token) {
    return RawClient.withToken(port(), token);
  }

  /** Where owners open their desk. */
  public URI desk() {
    return endpoint.deskAddress().orElseThrow();
  }

  public int port() {
    return endpoint.address().getPort();
  }

  /** A session that the seal lets through, as the chamber's are: to compare with. */
  public SparkSession owner() {
    return owner;
  }

  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    endpoint.close();
    owner.stop();
  }
}
