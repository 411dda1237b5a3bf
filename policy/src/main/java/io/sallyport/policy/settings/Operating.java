package io.sallyport.policy.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is set about watching the server.
 *
 * @param healthPort where {@code /livez} and {@code /readyz} are answered; empty for nowhere, 0 for
 *     any port that is free
 * @param healthAddress the address of this machine that the port is on
 * @param loggers names of further loggers, and beginnings of names, whose texts the operator lets
 *     into the log
 * @param plansShownBy what of Spark may show plans and texts of queries although it knows no policy
 */
public record Operating(
    OptionalInt healthPort,
    String healthAddress,
    List<String> loggers,
    Set<PlanView> plansShownBy) {
  public Operating {
    requireNonNull(healthPort, "healthPort");
    requireNonNull(healthAddress, "healthAddress");
    loggers = List.copyOf(loggers);
    plansShownBy = Set.copyOf(plansShownBy);
  }
}
