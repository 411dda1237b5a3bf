package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Requests.call;
import static io.sallyport.connect.server.proto.Requests.column;
import static io.sallyport.connect.server.proto.Requests.execute;
import static io.sallyport.connect.server.proto.Requests.filter;
import static io.sallyport.connect.server.proto.Requests.literal;
import static io.sallyport.connect.server.proto.Requests.select;
import static io.sallyport.connect.server.proto.Requests.sql;
import static io.sallyport.connect.server.proto.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.CloneSessionRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CompressionCodec;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.FetchErrorDetailsRequest;
import org.apache.spark.connect.proto.GetStatusRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.Message;

/** Requests that must not pass: calls, commands, settings, extensions, sizes. */
final class RefusedRequestTest {

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("upload", "RPC_NOT_ALLOWED", AddArtifactsRequest.getDefaultInstance()),
        Arguments.of("clone", "RPC_NOT_ALLOWED", CloneSessionRequest.getDefaultInstance()),
        Arguments.of(
            "error details", "RPC_NOT_ALLOWED", FetchErrorDetailsRequest.getDefaultInstance()),
        Arguments.of("status", "RPC_NOT_ALLOWED", GetStatusRequest.getDefaultInstance()),
        Arguments.of("no request", "RPC_NOT_ALLOWED", table("t")),
        config("all settings", o -> o.getGetAllBuilder()),
        analysis("explain", "EXPLAIN_NOT_ALLOWED", a -> a.getExplainBuilder()),
        analysis("files", "EXPLAIN_NOT_ALLOWED", a -> a.getInputFilesBuilder()),
        analysis("ddl", "RPC_NOT_ALLOWED", a -> a.getJsonToDdlBuilder().setJsonString("{}")),
        analysis("cache of nothing", "PARAM_INVALID", a -> a.getPersistBuilder()),
        analysis("local of nothing", "PARAM_INVALID", a -> a.getIsLocalBuilder()),
        analysis("hash", "RPC_NOT_ALLOWED", a -> a.getSemanticHashBuilder()),
        command("write", "COMMAND_NOT_ALLOWED", c -> c.getWriteOperationBuilder()),
        command("view of nothing", "PARAM_INVALID", c -> c.getCreateDataframeViewBuilder()),
        command(
            "global view",
            "COMMAND_NOT_ALLOWED",
            c ->
                c.getCreateDataframeViewBuilder()
                    .setInput(table("t"))
                    .setName("v")
                    .setIsGlobal(true)),
        command(
            "view of a show",
            "RELATION_NOT_ALLOWED",
            c ->
                c.getCreateDataframeViewBuilder()
                    .setName("v")
                    .getInputBuilder()
                    .getShowStringBuilder()
                    .setInput(table("t"))
                    .setNumRows(1)),
        command("function", "UDF_NOT_ALLOWED", c -> c.getRegisterFunctionBuilder()),
        command("external", "COMMAND_NOT_ALLOWED", c -> c.getExecuteExternalCommandBuilder()),
        command("extension", "COMMAND_NOT_ALLOWED", c -> c.getExtensionBuilder().setTypeUrl("x")),
        command("nothing", "PARAM_INVALID", c -> {}),
        command("no text", "PARAM_INVALID", c -> c.getSqlCommandBuilder()),
        command(
            "no sql", "COMMAND_NOT_ALLOWED", c -> c.getSqlCommandBuilder().setInput(table("t"))),
        command("two texts", "PARAM_INVALID", RefusedRequestTest::twoTexts),
        command("argument", "PARAM_INVALID", RefusedRequestTest::argument));
  }

  static Stream<Arguments> envelopes() {
    return Stream.of(
        plan("compressed", "RELATION_NOT_ALLOWED", RefusedRequestTest::compressed),
        plan("no plan", "PARAM_INVALID", p -> {}),
        request(
            "any user",
            "RELATION_NOT_ALLOWED",
            r -> r.getUserContextBuilder().addExtensions(any())),
        request(
            "any option",
            "RELATION_NOT_ALLOWED",
            r -> r.addRequestOptionsBuilder().setExtension(any())),
        request("tag", "PARAM_INVALID", r -> r.addTags("a,b")),
        request("long tag", "PARAM_INVALID", r -> r.addTags("a".repeat(65))),
        request("session", "PARAM_INVALID", r -> r.setSessionId("../x")),
        request("no session", "PARAM_INVALID", r -> r.clearSessionId()),
        request("operation", "PARAM_INVALID", r -> r.setOperationId("x")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"requests", "envelopes"})
  void request_isRefused(String name, RefusalCode code, Message request) {
    assertThat(Admissions.code(request)).isEqualTo(code);
  }

  @Test
  void compressedPlan_isTold_howToSendIt() {
    Plan.Builder plan = Plan.newBuilder();
    compressed(plan);
    assertThat(Admissions.refusal(execute(plan.build())).text()).contains("not to compress");
  }

  @Test
  void depth_ofRelations_isBounded() {
    Relation deep = table("t");
    for (int i = 0; i < 400; i++) {
      deep = filter(deep, column("a"));
    }
    assertThat(Admissions.code(execute(deep))).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  @Test
  void depth_ofExpressions_isBounded() {
    Expression deep = column("a");
    for (int i = 0; i < 400; i++) {
      deep = call("and", deep, column("a"));
    }
    assertThat(Admissions.code(execute(select(deep)))).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  @Test
  void list_ofAnIn_isBounded() {
    Expression[] many = Collections.nCopies(1_000, column("a")).toArray(new Expression[0]);
    assertThat(Admissions.code(execute(select(call("in", many)))))
        .isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  @Test
  void nodes_areBounded() {
    Expression[] some = Collections.nCopies(100, column("a")).toArray(new Expression[0]);
    Expression[] many = Collections.nCopies(100, call("and", some)).toArray(new Expression[0]);
    assertThat(Admissions.code(execute(select(many)))).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  @Test
  void literals_areBounded_oneByOneAndTogether() {
    Expression large = literal(l -> l.setString("a".repeat(5_000)));
    Expression full = literal(l -> l.setString("a".repeat(4_000)));
    Expression[] many = Collections.nCopies(100, full).toArray(new Expression[0]);
    assertThat(Admissions.code(execute(select(large)))).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
    assertThat(Admissions.code(execute(select(many)))).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  @Test
  void sqlText_isBounded() {
    Relation long1 = sql("SELECT " + " ".repeat(70_000) + "1");
    assertThat(Admissions.code(execute(long1))).isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  private static Arguments config(String name, Consumer<ConfigRequest.Operation.Builder> change) {
    ConfigRequest.Builder config =
        ConfigRequest.newBuilder().setSessionId(execute(table("t")).getSessionId());
    change.accept(config.getOperationBuilder());
    return Arguments.of(name, "CONF_NOT_ALLOWED", config.build());
  }

  private static Arguments analysis(
      String name, String code, Consumer<AnalyzePlanRequest.Builder> change) {
    AnalyzePlanRequest.Builder analysis = Requests.schema(table("t")).toBuilder();
    change.accept(analysis);
    return Arguments.of(name, code, analysis.build());
  }

  private static Arguments command(String name, String code, Consumer<Command.Builder> change) {
    Command.Builder command = Command.newBuilder();
    change.accept(command);
    return Arguments.of(name, code, execute(command.build()));
  }

  private static Arguments plan(String name, String code, Consumer<Plan.Builder> change) {
    Plan.Builder plan = Plan.newBuilder();
    change.accept(plan);
    return Arguments.of(name, code, execute(plan.build()));
  }

  private static Arguments request(
      String name, String code, Consumer<ExecutePlanRequest.Builder> change) {
    ExecutePlanRequest.Builder request = execute(table("t")).toBuilder();
    change.accept(request);
    return Arguments.of(name, code, request.build());
  }

  @SuppressWarnings("deprecation") // the field that the stock JVM client sends
  private static void twoTexts(Command.Builder command) {
    command.getSqlCommandBuilder().setSql("SELECT 1").setInput(sql("SELECT 2"));
  }

  @SuppressWarnings("deprecation") // the fields that the stock JVM client sends
  private static void argument(Command.Builder command) {
    command.getSqlCommandBuilder().setSql("SELECT ?").addPosArguments(column("a"));
  }

  private static void compressed(Plan.Builder plan) {
    plan.getCompressedOperationBuilder()
        .setData(execute(table("t")).toByteString())
        .setOpType(Plan.CompressedOperation.OpType.OP_TYPE_RELATION)
        .setCompressionCodec(CompressionCodec.COMPRESSION_CODEC_ZSTD);
  }

  private static Any any() {
    return Any.newBuilder().setTypeUrl("sallyport.io/release").build();
  }
}
