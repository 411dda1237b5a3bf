package io.sallyport.connect.client;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.connect.SparkSession;
import org.apache.spark.sql.connect.client.SparkConnectClient;

/** The way in: connects to a server. */
public final class Sallyport {

  private Sallyport() {}

  /**
   * Connects with the JVM's trust store.
   *
   * @param url {@code sc://host:port}, with {@code /;use_ssl=true} and the like; a token is sent
   *     over TLS only, unless the host is {@code localhost}
   * @param token the principal's credential
   */
  public static RemoteSession connect(String url, String token) {
    return builder(url).token(token).connect();
  }

  /** For more than an address and a token. */
  public static Builder builder(String url) {
    return new Builder(url);
  }

  /** How to connect. */
  public static final class Builder {

    private final String url;
    private Optional<String> token = Optional.empty();
    private Optional<Path> caCertificate = Optional.empty();

    private Builder(String url) {
      this.url = requireNonNull(url, "url");
    }

    /** The principal's credential. */
    public Builder token(String bearerToken) {
      this.token = Optional.of(bearerToken);
      return this;
    }

    /**
     * The certificate, in PEM, of who signed the server's; the JVM's trust store is then not used.
     * With it the connection is always TLS.
     */
    public Builder caCertificate(Path pem) {
      this.caCertificate = Optional.of(pem);
      return this;
    }

    /**
     * Connects. The server is first asked by the first frame.
     *
     * @throws IllegalArgumentException when the address is none
     * @throws UncheckedIOException when the certificate cannot be read
     */
    public RemoteSession connect() {
      SparkConnectClient.Builder client = SparkConnectClient.builder();
      client.connectionString(url);
      token.ifPresent(client::token);
      try {
        SparkConnectClient connected =
            caCertificate.isPresent()
                ? TrustedChannel.client(client.configuration(), caCertificate.get())
                : client.build();
        SparkSession spark = SparkSession.builder().client(connected).create();
        return new RemoteSession(spark, new ConnectRequests(spark), Patience.real());
      } catch (IOException e) {
        throw new UncheckedIOException("The CA's certificate cannot be read", e);
      }
    }
  }
}
