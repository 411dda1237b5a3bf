package io.sallyport.connect.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The principals of the tests, with tokens drawn anew in each JVM. */
public final class People {

  private static final Map<String, String> ROLES =
      new TreeMap<>(Map.of("ada", "analyst", "bob", "analyst", "carl", "analyst", "olga", "owner"));
  private static final String SALT = salt();

  private People() {}

  /** The token of a principal. */
  public static String token(String principal) {
    if (!ROLES.containsKey(principal)) {
      throw new IllegalArgumentException("No such principal: " + principal);
    }
    return sha256(SALT + principal).substring(0, 40);
  }

  /** Writes the file that {@code spark.sallyport.principals} names. */
  public static void writePrincipals(Path file) throws IOException {
    StringBuilder yaml = new StringBuilder("principals:\n");
    ROLES.forEach(
        (name, role) ->
            yaml.append("  - {name: ")
                .append(name)
                .append(", role: ")
                .append(role)
                .append(", token-sha256: ")
                .append(sha256(token(name)))
                .append("}\n"));
    Files.writeString(file, yaml.toString());
  }

  private static String salt() {
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    return HexFormat.of().formatHex(salt);
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
