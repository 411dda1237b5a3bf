package io.sallyport.connect.server.gate;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.sparkproject.connect.grpc.Metadata;

/**
 * The headers that a call carries on behind the gate: none of the client's.
 *
 * <p>Spark's stock server may have its own pre-shared key. It says nothing about who calls, and it
 * is checked behind the gate; a caller whom the gate has recognised passes it by the gate's word.
 */
final class ForwardedHeaders {

  private static final String CONF = "spark.connect.authenticate.token";
  private static final String ENVIRONMENT = "SPARK_CONNECT_AUTHENTICATE_TOKEN";

  private final Optional<String> preSharedKey;

  private ForwardedHeaders(Optional<String> preSharedKey) {
    this.preSharedKey = preSharedKey;
  }

  static ForwardedHeaders of(SparkConf conf) {
    Optional<String> configured =
        conf.contains(CONF)
            ? Optional.of(conf.get(CONF))
            : Optional.ofNullable(System.getenv(ENVIRONMENT));
    return new ForwardedHeaders(configured);
  }

  Metadata metadata() {
    Metadata metadata = new Metadata();
    preSharedKey.ifPresent(
        key -> metadata.put(Authentication.AUTHORIZATION, Authentication.SCHEME + key));
    return metadata;
  }
}
