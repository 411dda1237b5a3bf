package io.sallyport.connect.server.operating;

import io.sallyport.connect.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.health.v1.HealthCheckRequest;
import org.sparkproject.connect.grpc.health.v1.HealthCheckResponse.ServingStatus;
import org.sparkproject.connect.grpc.health.v1.HealthGrpc;

/** Asks a server for its health, over both roads, as a stranger. */
final class Probe {

  private static final Pattern TOLD = Pattern.compile("Health is told on (http://?[^ ]*)/livez");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  private Probe(String address) {
    this.address = address;
  }

  /** Of the port that the server says in its log. */
  static Probe of(ServerProcess process) {
    Matcher told = TOLD.matcher(process.output());
    if (!told.find()) {
      throw new AssertionError("No word of health in:\n" + process.output());
    }
    return new Probe(told.group(1));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until the path answers with this status; what it says. */
  String await(String path, int status) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    for (int i = 0; i < 300 && response.statusCode() != status; i++) {
      Thread.sleep(100);
      response = get(path);
    }
    if (response.statusCode() != status) {
      throw new AssertionError(path + " says " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  static ServingStatus grpc(ManagedChannel channel, String service) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }
}
