package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * What a command did.
 *
 * @param code its exit code
 * @param out what it wrote
 * @param err what it complained
 */
record Ran(int code, String out, String err) {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  static Ran offline(String... arguments) {
    return with(
        false,
        Map.of(),
        (address, token) -> {
          throw new AssertionError("An offline command must not connect");
        },
        arguments);
  }

  static Ran online(FakeServer server, String tokenFile, String... arguments) {
    Map<String, String> environment =
        Map.of("SALLYPORT_SERVER", "sc://localhost:15002", "SALLYPORT_TOKEN_FILE", tokenFile);
    return with(false, environment, (address, token) -> server, arguments);
  }

  static Ran with(
      boolean colours,
      Map<String, String> environment,
      Surroundings.Connector connector,
      String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), colours, 100);
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    int code = Commands.run(new Surroundings(terminal, environment, clock, connector), arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
