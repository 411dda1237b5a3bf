package io.sallyport.connect.desk.http;

import io.sallyport.policy.settings.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The server's own identity, out of the PEM files that the gRPC server uses as well. */
final class PemIdentity {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private PemIdentity() {}

  /**
   * A context that shows this identity.
   *
   * @throws IOException when a file cannot be read, or holds no certificate or no key
   */
  static SSLContext context(Tls tls) throws IOException {
    char[] password = "in memory only".toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("desk", key(tls.key()), password, chain(tls.certificate()));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificate and the key cannot be used for the desk", e);
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(bytes)
          .toArray(new Certificate[0]);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher key = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!key.find()) {
      throw new IOException("The file " + file + " holds no unencrypted PKCS #8 private key");
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
    for (String algorithm : new String[] {"RSA", "EC"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // Another algorithm, perhaps.
      }
    }
    return KeyFactory.getInstance("EdDSA").generatePrivate(spec);
  }
}
