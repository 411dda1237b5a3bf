package io.sallyport.connect.server.server;

import io.sallyport.policy.settings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkproject.connect.grpc.ServerCredentials;
import org.sparkproject.connect.grpc.TlsServerCredentials;
import org.sparkproject.connect.grpc.util.AdvancedTlsX509KeyManager;

/**
 * The server's certificate and key, for gRPC and the desk, read again when their files change:
 * connections that begin from then on see the new ones, those that are there go on. Two files that
 * do not fit together, as in the moment between their replacements, change nothing.
 */
final class TlsIdentity implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);
  private static final String ALIAS = "default";
  private static final byte[] SIGNED = {1, 2, 3};

  private final Tls tls;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "sallyport-tls");
            thread.setDaemon(true);
            return thread;
          });
  private List<FileTime> seen = List.of();

  private TlsIdentity(Tls tls) {
    this.tls = tls;
  }

  /**
   * Reads the identity.
   *
   * @param period how often the files are looked at again; zero for never
   * @throws IOException when they are not a certificate and its key
   */
  static TlsIdentity open(Tls tls, Duration period) throws IOException {
    TlsIdentity identity = new TlsIdentity(tls);
    try {
      identity.read();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      identity.close();
      throw new IOException(
          "%s and %s are no certificate and its private key"
              .formatted(tls.certificate(), tls.key()),
          e);
    }
    if (!period.isZero()) {
      Future<?> unused = // ends with the executor
          identity.executor.scheduleWithFixedDelay(
              identity::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }
    return identity;
  }

  ServerCredentials credentials() {
    return TlsServerCredentials.newBuilder().keyManager(keys).build();
  }

  /** The same for a server of the JDK's own TLS, as it is whenever a connection begins. */
  X509ExtendedKeyManager keys() {
    return new KeysOfOneKind(keys, ALIAS);
  }

  private void look() {
    try {
      if (!times().equals(seen)) {
        read();
        LOG.info("The TLS certificate was read again");
      }
    } catch (IOException
        | GeneralSecurityException
        | RuntimeException e) { // the next may be better
      LOG.error("The TLS certificate was not taken up; the former one stays: {}", e.getMessage());
    }
  }

  private void read() throws IOException, GeneralSecurityException {
    List<FileTime> times = times();
    AdvancedTlsX509KeyManager trial = new AdvancedTlsX509KeyManager();
    trial.updateIdentityCredentials(tls.certificate().toFile(), tls.key().toFile());
    X509Certificate[] chain = trial.getCertificateChain(ALIAS);
    PrivateKey key = trial.getPrivateKey(ALIAS);
    requirePair(chain[0], key);
    keys.updateIdentityCredentials(chain, key);
    seen = times;
  }

  private List<FileTime> times() throws IOException {
    return List.of(
        Files.getLastModifiedTime(tls.certificate()), Files.getLastModifiedTime(tls.key()));
  }

  private static void requirePair(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(SIGNED);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(SIGNED);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key is not that of the certificate");
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
