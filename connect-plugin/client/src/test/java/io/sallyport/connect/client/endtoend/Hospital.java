package io.sallyport.connect.client.endtoend;

import io.sallyport.connect.client.RemoteSession;
import io.sallyport.connect.client.Sallyport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server with the frame {@code stays} (patient, name, ward, days): 300 patients with two stays
 * each, 100 in each of the wards A, B and C. Names are on the blacklist. {@code notes} is the same
 * data, given to {@code ada} as it is. {@code ada} and {@code bob} are analysts, {@code olga} owns
 * both.
 */
final class Hospital implements AutoCloseable {

  static final List<String> WARDS = List.of("A", "B", "C");
  private static final int PATIENTS = 300;

  private final ServerProcess server;
  private final int port;

  private Hospital(ServerProcess server) throws IOException {
    this.server = server;
    this.port = server.port();
  }

  static Hospital open() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("hospital");
    Files.write(directory.resolve("stays.csv"), stays());
    Files.writeString(directory.resolve("principals.yaml"), principals());
    return new Hospital(ServerProcess.start(directory, conf(directory)));
  }

  /** A session of this library. */
  RemoteSession session(String principal) {
    return Sallyport.connect("sc://localhost:" + port, token(principal));
  }

  /** What the server logged. */
  String log() throws IOException {
    return server.log();
  }

  int port() {
    return port;
  }

  static String token(String principal) {
    return principal + "-has-a-token-of-forty-characters".repeat(2).substring(0, 40);
  }

  @Override
  public void close() {
    server.close();
  }

  private static List<String> stays() {
    List<String> lines = new ArrayList<>(List.of("patient,name,ward,days"));
    for (int i = 0; i < 2 * PATIENTS; i++) {
      int patient = i % PATIENTS;
      lines.add(patient + ",name-" + patient + "," + WARDS.get(patient % 3) + "," + (1 + i % 9));
    }
    return lines;
  }

  private static Map<String, String> conf(Path directory) {
    Map<String, String> conf = new TreeMap<>();
    conf.put("spark.master", "local[2]");
    conf.put("spark.ui.enabled", "false");
    conf.put("spark.sql.shuffle.partitions", "2");
    conf.put("spark.connect.grpc.binding.port", "0");
    conf.put("spark.sql.warehouse.dir", directory.resolve("warehouse").toString());
    conf.put("spark.sallyport.store", directory.resolve("store").toString());
    conf.put("spark.sallyport.principals", directory.resolve("principals.yaml").toString());
    frame(conf, directory, "stays");
    frame(conf, directory, "notes");
    conf.put("spark.sallyport.frame.notes.automatic", "user(\"ada\")");
    return conf;
  }

  private static void frame(Map<String, String> conf, Path directory, String name) {
    String frame = "spark.sallyport.frame." + name + ".";
    conf.put(frame + "path", directory.resolve("stays.csv").toString());
    conf.put(frame + "format", "csv");
    conf.put(frame + "options.header", "true");
    conf.put(frame + "options.inferSchema", "true");
    conf.put(frame + "owner", "olga");
    conf.put(frame + "privacy-unit", "patient");
    conf.put(frame + "blacklist", "name");
  }

  private static String principals() {
    StringBuilder yaml = new StringBuilder("principals:\n");
    new TreeMap<>(Map.of("ada", "analyst", "bob", "analyst", "olga", "owner"))
        .forEach(
            (name, role) ->
                yaml.append(
                    "  - {name: %s, role: %s, token-sha256: %s}%n"
                        .formatted(name, role, sha256(token(name)))));
    return yaml.toString();
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
