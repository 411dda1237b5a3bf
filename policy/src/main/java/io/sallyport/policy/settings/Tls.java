package io.sallyport.policy.settings;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * The server's own identity.
 *
 * @param certificate a PEM file with the certificate chain
 * @param key a PEM file with the private key
 */
public record Tls(Path certificate, Path key) {
  public Tls {
    requireNonNull(certificate, "certificate");
    requireNonNull(key, "key");
  }
}
