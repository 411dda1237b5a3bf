package io.sallyport.connect.cli;

import static java.util.Objects.requireNonNull;

import io.sallyport.connect.cli.render.Terminal;
import io.sallyport.connect.cli.server.OwnerServer;
import io.sallyport.connect.cli.server.ServerAddress;
import io.sallyport.connect.cli.server.Token;
import java.time.Clock;
import java.util.Map;

/**
 * What commands take from outside.
 *
 * @param terminal where they write
 * @param environment variables that stand for options
 * @param clock for "3 hours ago"
 * @param connector opens sessions
 */
record Surroundings(
    Terminal terminal, Map<String, String> environment, Clock clock, Connector connector) {

  /** Opens a session at a server. */
  interface Connector {
    OwnerServer connect(ServerAddress address, Token token);
  }

  Surroundings {
    requireNonNull(terminal, "terminal");
    environment = Map.copyOf(environment);
    requireNonNull(clock, "clock");
    requireNonNull(connector, "connector");
  }
}
