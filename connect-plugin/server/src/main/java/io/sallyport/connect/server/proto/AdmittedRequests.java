package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Checks.atLeast;
import static io.sallyport.connect.server.proto.Checks.matches;
import static io.sallyport.connect.server.proto.Checks.name;
import static io.sallyport.connect.server.proto.Checks.uuid;
import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;

import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CreateDataFrameViewCommand;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.ReattachOptions;
import org.apache.spark.connect.proto.ResultChunkingOptions;
import org.apache.spark.connect.proto.SqlCommand;
import org.apache.spark.connect.proto.UserContext;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;

/** The two requests that carry a plan, what a plan may be, and what all requests have in common. */
final class AdmittedRequests {

  private AdmittedRequests() {}

  static void addTo(ProtoTable.Builder table) {
    userContext(table);
    execute(table);
    analyze(table);
    plan(table);
  }

  /** What every request has: the session, who claims to ask, and with which client. */
  static ProtoTable.Lines envelope(ProtoTable.Builder table, Descriptor request, String... set) {
    ProtoTable.Lines lines =
        table
            .in(request, set)
            .admit("session_id", uuid(), "whose it is, is the gate's affair")
            .admit("user_context", "overwritten by the gate")
            .strip("client_type", "for logs only");
    return request.findFieldByName("client_observed_server_side_session_id") == null
        ? lines
        : lines.admit("client_observed_server_side_session_id", name(), "compared, no more");
  }

  private static void userContext(ProtoTable.Builder table) {
    table
        .in(UserContext.getDescriptor())
        .admit("user_id", name(), "overwritten by the gate")
        .admit("user_name", name(), "overwritten by the gate")
        .refuse("extensions", RELATION_NOT_ALLOWED, "would switch branches in the server");
  }

  private static void execute(ProtoTable.Builder table) {
    envelope(table, ExecutePlanRequest.getDescriptor(), "session_id", "plan")
        .admit("plan", "a root, or the one command")
        .admit("operation_id", uuid(), "whose it is, is the gate's affair")
        .admit("request_options", "reattaching and chunking")
        .admit("tags", matches("[A-Za-z0-9_-]{1,64}"), "a comma would join another's tags");
    table
        .in(ExecutePlanRequest.RequestOption.getDescriptor(), "request_option")
        .admit("reattach_options", "stock clients ask for it")
        .admit("result_chunking_options", "stock clients ask for it")
        .refuse("extension", RELATION_NOT_ALLOWED, "client extensions are not read");
    table.in(ReattachOptions.getDescriptor()).admit("reattachable", "stock clients ask for it");
    table
        .in(ResultChunkingOptions.getDescriptor())
        .admit("allow_arrow_batch_chunking", "stock clients ask for it")
        .admit("preferred_arrow_chunk_size", atLeast(1024), "bytes; Spark's own least");
  }

  private static void analyze(ProtoTable.Builder table) {
    envelope(table, AnalyzePlanRequest.getDescriptor(), "session_id", "analyze")
        .admit("schema", "schema, columns, printSchema")
        .admit("tree_string", "printSchema of other clients")
        .admit("spark_version", "version")
        .admit("is_local", "isLocal: answered by the gate")
        .admit("is_streaming", "isStreaming: answered by the gate")
        .admit("ddl_parse", "a schema as text: parsed by us, never by Spark")
        .admit("persist", "cache: answered by the gate, which keeps nothing")
        .admit("unpersist", "likewise")
        .admit("get_storage_level", "likewise");
    table
        .in(AnalyzePlanRequest.Schema.getDescriptor(), "plan")
        .admit("plan", "its root becomes our describe relation");
    table
        .in(AnalyzePlanRequest.TreeString.getDescriptor(), "plan")
        .admit("plan", "its root becomes our describe relation")
        .admit("level", atLeast(0), "levels of the schema");
    table.in(AnalyzePlanRequest.SparkVersion.getDescriptor());
    table
        .in(AnalyzePlanRequest.DDLParse.getDescriptor(), "ddl_string")
        .admit("ddl_string", PlanChecks.localSchema(), "columns of simple types");
    answered(table);
  }

  /** Looked at as any plan is, and then not looked up: the answer is the same for all. */
  private static void answered(ProtoTable.Builder table) {
    table.in(AnalyzePlanRequest.IsLocal.getDescriptor(), "plan").admit("plan", "any plan");
    table.in(AnalyzePlanRequest.IsStreaming.getDescriptor(), "plan").admit("plan", "any plan");
    table
        .in(AnalyzePlanRequest.Persist.getDescriptor(), "relation")
        .admit("relation", "any relation")
        .strip("storage_level", "nothing is kept");
    table
        .in(AnalyzePlanRequest.Unpersist.getDescriptor(), "relation")
        .admit("relation", "any relation")
        .strip("blocking", "nothing is kept");
    table
        .in(AnalyzePlanRequest.GetStorageLevel.getDescriptor(), "relation")
        .admit("relation", "any relation");
  }

  private static void plan(ProtoTable.Builder table) {
    table
        .in(Plan.getDescriptor(), "op_type")
        .admit("root", "becomes our release relation, or our describe relation")
        .admit("command", PlanChecks.onlyInAnExecution(), "spark.sql")
        .refuse(
            "compressed_operation",
            RELATION_NOT_ALLOWED,
            "compressed plans are not opened; this server asks its clients not to compress",
            "spark.connect.session.planCompression.threshold as the server gives it: -1");
    table
        .in(Command.getDescriptor(), "command_type")
        .admit("sql_command", "spark.sql: becomes our command, which runs nothing")
        .admit("create_dataframe_view", "a name for a plan in this session: likewise");
    table
        .in(CreateDataFrameViewCommand.getDescriptor(), "input", "name")
        .admit("input", PlanChecks.noShow(), "the plan, of which nothing runs")
        .admit("name", name(), "found by us, never by Spark's catalog")
        .admit("is_global", PlanChecks.noGlobalView(), "seen in this session only")
        .admit("replace", "whether it may take the place of another");
    SqlParameters.admit(
        table
            .in(SqlCommand.getDescriptor())
            .admit("sql", PlanChecks.sqlText(), "deprecated, and what the stock JVM client sends")
            .admit("input", PlanChecks.onlySql(), "what other clients send: a SQL relation")
            .demand(SqlCommand.class, Demands::oneText),
        SqlCommand.class,
        SqlParameters::of);
    SqlParameters.entries(table, SqlCommand.getDescriptor());
  }
}
