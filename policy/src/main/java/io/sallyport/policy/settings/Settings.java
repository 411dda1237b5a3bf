package io.sallyport.policy.settings;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principals;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All that owners and operators have set, checked as a whole.
 *
 * @param policies the frames and their terms
 * @param principals the people whom the gate recognises
 * @param tls the server's own identity, when it is to serve TLS
 * @param store the directory of the durable state
 * @param limits how much may be asked of the server
 * @param durable what is set about all that outlives a query
 * @param operating what is set about watching the server
 * @param desk where the owners' desk listens; empty for nowhere
 */
public record Settings(
    PolicySet policies,
    Principals principals,
    Optional<Tls> tls,
    Path store,
    Limits limits,
    Durable durable,
    Operating operating,
    Optional<DeskAddress> desk) {
  public Settings {
    requireNonNull(policies, "policies");
    requireNonNull(principals, "principals");
    requireNonNull(tls, "tls");
    requireNonNull(store, "store");
    requireNonNull(limits, "limits");
    requireNonNull(durable, "durable");
    requireNonNull(operating, "operating");
    requireNonNull(desk, "desk");
  }

  /**
   * Reads every {@code spark.sallyport.*} key of a Spark conf, and the YAML files that they name.
   * Other keys are not looked at.
   *
   * @throws SettingsException when anything is unknown, given twice, contradictory or malformed; it
   *     lists every problem
   */
  public static Settings load(Map<String, String> sparkConf) {
    return SettingsReader.read(sparkConf);
  }
}
