package io.sallyport.policy.settings;

import static java.util.Objects.requireNonNull;

/**
 * Where the owners' desk listens.
 *
 * @param host a name or an address of this machine
 * @param port 0 takes any that is free
 */
public record DeskAddress(String host, int port) {
  public DeskAddress {
    requireNonNull(host, "host");
  }
}
