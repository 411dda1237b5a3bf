package io.sallyport.examples.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate for this machine, made by the JDK's own keytool, as the PEM files that
 * a server wants and the trust store that a Java client wants.
 */
final class ServerIdentity {

  private static final String ALIAS = "sallyport";

  /** Of the trust store, which holds no secret: Java wants one in any case. */
  private static final String PUBLIC_PASSWORD = "changeit";

  private static final String PASSWORD_VARIABLE = "SALLYPORT_KEYSTORE_PASSWORD";

  private final Path folder;
  private final Path store;
  private final String password;

  private ServerIdentity(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("once.p12");
    this.password = MakeCredentials.randomHex();
  }

  /** Writes {@code certificate.pem}, {@code key.pem} and {@code truststore.p12}. */
  static void make(Path folder) throws IOException, InterruptedException {
    ServerIdentity identity = new ServerIdentity(folder);
    try {
      Files.deleteIfExists(identity.store);
      identity.generate();
      identity.exportCertificate();
      identity.exportKey();
      identity.makeTrustStore();
    } finally {
      Files.deleteIfExists(identity.store);
    }
  }

  private void generate() throws IOException, InterruptedException {
    keytool(
        "-genkeypair -alias " + ALIAS + " -keyalg EC -groupname secp256r1 -validity 30",
        List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1"),
        store,
        ":env " + PASSWORD_VARIABLE);
  }

  private void exportCertificate() throws IOException, InterruptedException {
    Path certificate = folder.resolve("certificate.pem");
    Files.deleteIfExists(certificate);
    keytool(
        "-exportcert -rfc -alias " + ALIAS,
        List.of("-file", certificate.toString()),
        store,
        ":env " + PASSWORD_VARIABLE);
  }

  private void makeTrustStore() throws IOException, InterruptedException {
    Path trust = folder.resolve("truststore.p12");
    Files.deleteIfExists(trust);
    keytool(
        "-importcert -noprompt -alias " + ALIAS,
        List.of("-file", folder.resolve("certificate.pem").toString()),
        trust,
        " " + PUBLIC_PASSWORD);
  }

  private void exportKey() throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      Key key = keys.getKey(ALIAS, password.toCharArray());
      Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
      PrivateFiles.write(
          folder.resolve("key.pem"),
          "-----BEGIN PRIVATE KEY-----\n"
              + lines.encodeToString(key.getEncoded())
              + "\n-----END PRIVATE KEY-----\n");
    } catch (GeneralSecurityException e) {
      throw new IOException("The key that keytool made cannot be read", e);
    }
  }

  /** The key store's password goes by the environment: others can see a program's arguments. */
  private void keytool(String words, List<String> arguments, Path keystore, String storepass)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words.split(" ")));
    command.addAll(arguments);
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", keystore.toString()));
    command.addAll(List.of(("-storepass" + storepass).split(" ")));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put(PASSWORD_VARIABLE, password);
    Process running = process.start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (running.waitFor() != 0) {
      throw new IOException("keytool did not succeed:\n" + said);
    }
  }
}
