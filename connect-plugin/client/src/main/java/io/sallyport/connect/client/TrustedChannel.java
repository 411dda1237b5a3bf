package io.sallyport.connect.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.apache.spark.sql.connect.client.SparkConnectClient;
import org.sparkproject.io.grpc.CallCredentials;
import org.sparkproject.io.grpc.ChannelCredentials;
import org.sparkproject.io.grpc.CompositeChannelCredentials;
import org.sparkproject.io.grpc.Grpc;
import org.sparkproject.io.grpc.ManagedChannel;
import org.sparkproject.io.grpc.Metadata;
import org.sparkproject.io.grpc.TlsChannelCredentials;

/** A TLS channel that trusts one CA; the stock client knows the JVM's trust store only. */
final class TrustedChannel {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("Authorization", Metadata.ASCII_STRING_MARSHALLER);

  private TrustedChannel() {}

  static SparkConnectClient client(SparkConnectClient.Configuration configuration, Path ca)
      throws IOException {
    ChannelCredentials tls = TlsChannelCredentials.newBuilder().trustManager(ca.toFile()).build();
    ChannelCredentials credentials =
        configuration.token().isDefined()
            ? CompositeChannelCredentials.create(tls, new Bearer(configuration.token().get()))
            : tls;
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(configuration.host(), configuration.port(), credentials)
            .maxInboundMessageSize(configuration.grpcMaxMessageSize())
            .build();
    return new SparkConnectClient(configuration, channel);
  }

  /** A token in each call's headers. */
  private static final class Bearer extends CallCredentials {

    private final String token;

    Bearer(String token) {
      this.token = token;
    }

    @Override
    public void applyRequestMetadata(
        RequestInfo request, Executor executor, MetadataApplier applier) {
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + token);
      applier.apply(headers);
    }
  }
}
