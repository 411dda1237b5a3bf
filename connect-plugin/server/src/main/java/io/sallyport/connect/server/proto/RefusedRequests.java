package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.COMMAND_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.CONF_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.EXPLAIN_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.RPC_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.UDF_NOT_ALLOWED;

import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ConfigRequest;

/** The commands, analyses and settings calls that are refused, and why. */
final class RefusedRequests {

  private RefusedRequests() {}

  static void addTo(ProtoTable.Builder table) {
    commands(table);
    analyses(table);
    settings(table);
  }

  private static void commands(ProtoTable.Builder table) {
    table
        .in(Command.getDescriptor())
        .refuse("register_function", UDF_NOT_ALLOWED, "runs a client's code")
        .refuse("register_table_function", UDF_NOT_ALLOWED, "runs a client's code")
        .refuse("register_data_source", UDF_NOT_ALLOWED, "runs a client's code")
        .refuse("write_operation", COMMAND_NOT_ALLOWED, "nothing is written")
        .refuse("write_operation_v2", COMMAND_NOT_ALLOWED, "nothing is written")
        .refuse("merge_into_table_command", COMMAND_NOT_ALLOWED, "nothing is written")
        .refuse("write_stream_operation_start", COMMAND_NOT_ALLOWED, "there are no streams")
        .refuse("streaming_query_command", COMMAND_NOT_ALLOWED, "there are no streams")
        .refuse("streaming_query_manager_command", COMMAND_NOT_ALLOWED, "there are no streams")
        .refuse("streaming_query_listener_bus_command", COMMAND_NOT_ALLOWED, "no streams")
        .refuse("get_resources_command", COMMAND_NOT_ALLOWED, "tells of the cluster")
        .refuse("create_resource_profile_command", COMMAND_NOT_ALLOWED, "claims resources")
        .refuse("checkpoint_command", COMMAND_NOT_ALLOWED, "runs a plan and keeps its rows")
        .refuse("remove_cached_remote_relation_command", COMMAND_NOT_ALLOWED, "none are kept")
        .refuse("ml_command", COMMAND_NOT_ALLOWED, "fits, fetches and loads models")
        .refuse("execute_external_command", COMMAND_NOT_ALLOWED, "loads a class by its name")
        .refuse("pipeline_command", COMMAND_NOT_ALLOWED, "creates tables and settings")
        .refuse("extension", COMMAND_NOT_ALLOWED, "client extensions are not read");
  }

  private static void analyses(ProtoTable.Builder table) {
    table
        .in(AnalyzePlanRequest.getDescriptor())
        .refuse("explain", EXPLAIN_NOT_ALLOWED, "shows paths, statistics and others' filters")
        .refuse("input_files", EXPLAIN_NOT_ALLOWED, "shows paths")
        .refuse("json_to_ddl", RPC_NOT_ALLOWED, "makes instances of the classes it names")
        .refuse("same_semantics", RPC_NOT_ALLOWED, "compares plans after rewriting")
        .refuse("semantic_hash", RPC_NOT_ALLOWED, "compares plans after rewriting");
  }

  private static void settings(ProtoTable.Builder table) {
    table
        .in(ConfigRequest.Operation.getDescriptor())
        .refuse("get_all", CONF_NOT_ALLOWED, "settings hold secrets and paths");
  }
}
