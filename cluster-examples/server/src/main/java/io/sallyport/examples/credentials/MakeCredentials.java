package io.sallyport.examples.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes what a server needs to be told from others and to tell people apart, new at every run:
 *
 * <ul>
 *   <li>{@code tls/certificate.pem} and {@code tls/key.pem}, for {@code localhost} only
 *   <li>{@code tls/truststore.p12}, for clients: it holds the certificate and no secret
 *   <li>{@code tokens/NAME}, one secret token a person
 *   <li>{@code principals.yaml}, which knows the tokens by their SHA-256
 * </ul>
 */
public final class MakeCredentials {

  private static final int TOKEN_BYTES = 32;

  private MakeCredentials() {}

  /**
   * Takes the folder, then {@code NAME:ROLE} for each person.
   *
   * @throws IOException when a file cannot be written, or keytool of this JDK does not run
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    if (arguments.length < 2) {
      throw new IllegalArgumentException("Usage: MakeCredentials FOLDER NAME:ROLE...");
    }
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    PrivateFiles.makeFolder(folder.resolve("tls"));
    PrivateFiles.makeFolder(folder.resolve("tokens"));
    ServerIdentity.make(folder.resolve("tls"));
    people(folder, Arrays.asList(arguments).subList(1, arguments.length));
  }

  private static void people(Path folder, List<String> people)
      throws IOException, NoSuchAlgorithmException {
    StringBuilder yaml = new StringBuilder("# Made by MakeCredentials; tokens/ has the tokens.\n");
    yaml.append("principals:\n");
    for (String person : people) {
      int colon = person.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("Not NAME:ROLE: " + person);
      }
      String name = person.substring(0, colon);
      String token = randomHex();
      PrivateFiles.write(folder.resolve("tokens").resolve(name), token + "\n");
      yaml.append("  - name: ").append(name).append('\n');
      yaml.append("    role: ").append(person.substring(colon + 1)).append('\n');
      yaml.append("    token-sha256: ").append(sha256(token)).append('\n');
    }
    PrivateFiles.write(folder.resolve("principals.yaml"), yaml.toString());
  }

  static String randomHex() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
