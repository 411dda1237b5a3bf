package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.AdmittedRequests.envelope;
import static io.sallyport.connect.server.proto.Checks.is;
import static io.sallyport.connect.server.proto.Checks.matches;
import static io.sallyport.connect.server.proto.Checks.name;
import static io.sallyport.connect.server.proto.Checks.only;
import static io.sallyport.connect.server.proto.Checks.uuid;
import static io.sallyport.policy.decision.RefusalCode.RPC_NOT_ALLOWED;

import org.apache.spark.connect.proto.ArtifactStatusesRequest;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.InterruptRequest.InterruptType;
import org.apache.spark.connect.proto.KeyValue;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseSessionRequest;

/**
 * The requests without a plan that are admitted. Whose session and operation it is, the gate says.
 */
final class AdmittedCalls {

  private AdmittedCalls() {}

  static void addTo(ProtoTable.Builder table) {
    config(table);
    operations(table);
    session(table);
  }

  private static void config(ProtoTable.Builder table) {
    envelope(table, ConfigRequest.getDescriptor(), "session_id", "operation")
        .admit("operation", "answered by the gate, never by Spark");
    table
        .in(ConfigRequest.Operation.getDescriptor(), "op_type")
        .admit("get", "stock clients read a few keys")
        .admit("get_with_default", "stock clients read a few keys")
        .admit("get_option", "stock clients read a few keys")
        .admit("is_modifiable", "the answer is no")
        .admit("set", "the gate takes the few keys that analysts may write")
        .admit("unset", "the gate takes the few keys that analysts may write");
    table
        .in(ConfigRequest.Set.getDescriptor())
        .admit("pairs", "keys and values")
        .admit("silent", "what a builder brings along is ignored with a warning");
    table.in(ConfigRequest.Unset.getDescriptor()).admit("keys", name(), "keys");
    table.in(ConfigRequest.Get.getDescriptor()).admit("keys", name(), "keys");
    table.in(ConfigRequest.GetOption.getDescriptor()).admit("keys", name(), "keys");
    table.in(ConfigRequest.IsModifiable.getDescriptor()).admit("keys", name(), "keys");
    table.in(ConfigRequest.GetWithDefault.getDescriptor()).admit("pairs", "keys and defaults");
    table
        .in(KeyValue.getDescriptor(), "key")
        .admit("key", name(), "a key")
        .admit("value", PlanChecks.literalText(), "the client's own");
  }

  private static void operations(ProtoTable.Builder table) {
    envelope(table, InterruptRequest.getDescriptor(), "session_id", "interrupt_type")
        .admit(
            "interrupt_type",
            only(
                InterruptType.INTERRUPT_TYPE_ALL,
                InterruptType.INTERRUPT_TYPE_TAG,
                InterruptType.INTERRUPT_TYPE_OPERATION_ID),
            "within the session")
        .admit("operation_tag", matches("[A-Za-z0-9_-]{1,64}"), "as in ExecutePlan")
        .admit("operation_id", uuid(), "within the session");
    envelope(table, ReattachExecuteRequest.getDescriptor(), "session_id", "operation_id")
        .admit("operation_id", uuid(), "within the session")
        .admit("last_response_id", name(), "compared, no more");
    envelope(table, ReleaseExecuteRequest.getDescriptor(), "session_id", "operation_id", "release")
        .admit("operation_id", uuid(), "within the session")
        .admit("release_all", "the client has everything")
        .admit("release_until", "the client has this much");
    table.in(ReleaseExecuteRequest.ReleaseAll.getDescriptor());
    table
        .in(ReleaseExecuteRequest.ReleaseUntil.getDescriptor(), "response_id")
        .admit("response_id", name(), "compared, no more");
  }

  private static void session(ProtoTable.Builder table) {
    envelope(table, ReleaseSessionRequest.getDescriptor(), "session_id")
        .admit("allow_reconnect", is(RPC_NOT_ALLOWED, false), "a closed session stays closed");
    envelope(table, ArtifactStatusesRequest.getDescriptor(), "session_id")
        .admit("names", name(), "answered by the gate: nothing is there");
  }
}
