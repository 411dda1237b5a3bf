package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.grpc.MethodDescriptor;

class RpcTest {

  @Test
  void everyMethodOfTheService_hasALine() {
    List<String> methods =
        SparkConnectServiceGrpc.getServiceDescriptor().getMethods().stream()
            .map(MethodDescriptor::getFullMethodName)
            .toList();

    assertThat(Arrays.stream(Rpc.values()).map(Rpc::fullMethodName))
        .containsExactlyInAnyOrderElementsOf(methods);
  }

  @Test
  void methodOfAnotherName_isUnknown() {
    assertThat(Rpc.of("spark.connect.SparkConnectService/executeplan")).isEmpty();
    assertThat(Rpc.of("grpc.reflection.v1.ServerReflection/ServerReflectionInfo")).isEmpty();
  }
}
