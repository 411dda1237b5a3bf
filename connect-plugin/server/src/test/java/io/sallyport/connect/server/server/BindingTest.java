package io.sallyport.connect.server.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.settings.Tls;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class BindingTest {

  private static final Tls TLS = new Tls(Path.of("server.pem"), Path.of("server.key"));

  @Test
  void withoutAnyLine_itIsThisMachineOnly() {
    Binding binding = Binding.of(new SparkConf(false), Optional.empty());

    assertThat(binding.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(binding.address().getPort()).isEqualTo(15002);
  }

  @Test
  void plainText_isRefusedWhereOthersReachIt() {
    SparkConf conf = new SparkConf(false).set("spark.connect.grpc.binding.address", "0.0.0.0");

    assertThatThrownBy(() -> Binding.of(conf, Optional.empty()))
        .hasMessageContaining("spark.sallyport.tls.certificate=");
  }

  @Test
  void tls_mayBeReachedByOthers() {
    SparkConf conf = new SparkConf(false).set("spark.connect.grpc.binding.address", "0.0.0.0");

    assertThat(Binding.of(conf, Optional.of(TLS)).tls()).contains(TLS);
  }
}
