package io.sallyport.connect.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.connect.desk.http.DeskServer;
import io.sallyport.policy.settings.DeskAddress;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The desk under the server's own certificate, and what it does not do without one. */
final class DeskWithTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void withTheServersCertificate_theCookieGoesOverTlsOnly(String algorithm) throws Exception {
    KeyStore store = keys(algorithm);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("desk", store.getCertificate("desk"));
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (OpenDesk desk = new OpenDesk(Optional.of(manager(store)))) {
      assertThat(desk.address()).hasScheme("https");
      Browser browser = new Browser(desk.address(), HttpClient.newBuilder().sslContext(context));
      HttpResponse<String> answer = browser.login("olga");
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
          .startsWith("__Host-sallyport=")
          .contains("; Secure", "HttpOnly", "SameSite=Strict");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withoutTls_nobodyElseReachesIt() {
    for (String address : List.of("0.0.0.0", "::")) {
      assertThatThrownBy(
              () ->
                  DeskServer.start(
                      null, new DeskAddress(address, 0), Optional.empty(), Clock.systemUTC()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("spark.sallyport.tls.certificate");
    }
  }

  private KeyStore keys(String algorithm) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "desk",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static X509ExtendedKeyManager manager(KeyStore store) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, PASSWORD);
    return (X509ExtendedKeyManager) keys.getKeyManagers()[0];
  }
}
