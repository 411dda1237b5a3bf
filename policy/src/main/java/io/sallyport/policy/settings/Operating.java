package io.sallyport.policy.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalInt;

/**
 * What is set about watching the server.
 *
 * @param healthPort where {@code /livez} and {@code /readyz} are answered; empty for nowhere, 0 for
 *     any port that is free
 * @param healthAddress the address of this machine that the port is on
 * @param loggers names of further loggers, and beginnings of names, whose texts the operator lets
 *     into the log
 */
public record Operating(OptionalInt healthPort, String healthAddress, List<String> loggers) {
  public Operating {
    requireNonNull(healthPort, "healthPort");
    requireNonNull(healthAddress, "healthAddress");
    loggers = List.copyOf(loggers);
  }
}
