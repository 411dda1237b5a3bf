package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkproject.connect.protobuf.Message;

/** Everything that the stock JVM client sends for what is admitted, is admitted. */
final class StockClientTest {

  static List<String> names() {
    return StockRequests.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void stockRequest_ofAdmittedAction_isAdmitted(String name) {
    assertThat(StockRequests.plans(name)).isNotEmpty();
    for (Message request : StockRequests.of(name)) {
      Message admitted = new Admissions().admit(request);
      assertThat(admitted.getDescriptorForType()).isEqualTo(request.getDescriptorForType());
    }
  }
}
