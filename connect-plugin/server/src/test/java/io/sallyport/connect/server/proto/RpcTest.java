package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.CloneSessionRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.FetchErrorDetailsRequest;
import org.apache.spark.connect.proto.GetStatusRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
  void fourCalls_areNotOffered_andNeitherAreTheirRequests() {
    assertThat(Arrays.stream(Rpc.values()).filter(rpc -> !rpc.isOffered()))
        .containsExactlyInAnyOrder(
            Rpc.ADD_ARTIFACTS, Rpc.FETCH_ERROR_DETAILS, Rpc.CLONE_SESSION, Rpc.GET_STATUS);
    assertThat(
            List.of(
                AddArtifactsRequest.getDescriptor(),
                FetchErrorDetailsRequest.getDescriptor(),
                CloneSessionRequest.getDescriptor(),
                GetStatusRequest.getDescriptor(),
                Plan.getDescriptor()))
        .noneMatch(Rpc::isRequest);
    assertThat(Rpc.isRequest(ExecutePlanRequest.getDescriptor())).isTrue();
  }

  @Test
  void reasons_areSaid() {
    assertThat(Rpc.values()).allSatisfy(rpc -> assertThat(rpc.reason()).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.connect.SparkConnectService/executeplan",
        "spark.connect.SparkConnectService/Unheard",
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "ExecutePlan",
        ""
      })
  void methodOfAnotherName_isUnknown(String method) {
    assertThat(Rpc.of(method)).isEmpty();
  }
}
