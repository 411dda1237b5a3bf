package io.sallyport.connect.server.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.Requests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.sparkproject.connect.protobuf.Message;
import org.sparkproject.connect.protobuf.util.JsonFormat;

/** What stock clients were recorded to send, as messages. */
final class Seeds {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Seeds() {}

  /** Requests that say something; ids are anybody's. */
  static List<Message> recorded() {
    List<Message> seeds = new ArrayList<>();
    for (String client : List.of("pyspark-4.0", "pyspark-4.2")) {
      for (String line : lines("wire/" + client + ".jsonl")) {
        seed(line, seeds);
      }
    }
    return List.copyOf(seeds);
  }

  private static void seed(String line, List<Message> seeds) {
    try {
      JsonNode recorded = JSON.readTree(line);
      Message.Builder builder =
          switch (recorded.path("rpc").textValue()) {
            case "ExecutePlan" -> ExecutePlanRequest.newBuilder();
            case "AnalyzePlan" -> AnalyzePlanRequest.newBuilder();
            case "Config" -> ConfigRequest.newBuilder();
            default -> null;
          };
      if (builder != null) {
        String message =
            recorded
                .path("message")
                .toString()
                .replace("<session>", Requests.id())
                .replace("<operation>", Requests.id())
                .replace("<server-side id>", "");
        JsonFormat.parser().merge(message, builder);
        seeds.add(builder.build());
      }
    } catch (IOException e) {
      throw new AssertionError("The record is no message: " + line, e);
    }
  }

  private static List<String> lines(String name) {
    try (InputStream lines = GovernedServer.class.getResourceAsStream(name)) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
