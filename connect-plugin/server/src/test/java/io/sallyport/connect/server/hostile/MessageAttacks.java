package io.sallyport.connect.server.hostile;

import static io.sallyport.connect.server.hostile.Sender.harmless;
import static io.sallyport.connect.server.hostile.Sender.message;

import io.sallyport.connect.server.DeepPlan;
import io.sallyport.connect.server.Requests;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.LocalRelation;
import org.apache.spark.connect.proto.Relation;
import org.sparkproject.connect.protobuf.ByteString;
import org.sparkproject.connect.protobuf.UnknownFieldSet;

/** Attacks of the catalogue that are one message. */
final class MessageAttacks {

  private static final String PEOPLE =
      "{\"read\":{\"named_table\":{\"unparsed_identifier\":\"people\"}}}";

  private MessageAttacks() {}

  static List<Attack> all() {
    return List.of(
        message(
            "A06",
            "a compressed plan",
            "ExecutePlan",
            "{\"plan\":{\"compressed_operation\":{\"data\":\"KLUv/QBY\",\"op_type\":"
                + "\"OP_TYPE_RELATION\",\"compression_codec\":\"COMPRESSION_CODEC_ZSTD\"}}}"),
        message(
            "A07",
            "a conf that takes rules out of the optimizer",
            "Config",
            set("spark.sql.optimizer.excludedRules")),
        message(
            "A10",
            "a conf in a pipeline",
            "ExecutePlan",
            "{\"plan\":{\"command\":{\"pipeline_command\":{\"create_dataflow_graph\":"
                + "{\"sql_conf\":{\"spark.sql.ansi.enabled\":\"false\"}}}}}}"),
        message("A11", "all confs", "Config", "{\"operation\":{\"get_all\":{}}}"),
        harmless(
            "A11",
            "the conf of a secret",
            "Config",
            "{\"operation\":{\"get_option\":{\"keys\":[\"spark.hadoop.fs.s3a.secret.key\"]}}}",
            "never the server's value"),
        harmless(
            "A15",
            "an artifact of another session",
            "ArtifactStatus",
            "{\"names\":[\"cache/00\"]}",
            "there is none, whatever its name"),
        message(
            "A16",
            "a cached relation by its id",
            "ExecutePlan",
            root("{\"cached_remote_relation\":{\"relation_id\":\"r\"}}")),
        message(
            "A17",
            "a cached local relation by its hash",
            "ExecutePlan",
            root("{\"cached_local_relation\":{\"hash\":\"00\"}}")),
        Attack.of("A19", "a field of a newer Spark", server -> Sender.executed(server, unknown())),
        message(
            "A24",
            "a tag that is two",
            "ExecutePlan",
            "{\"tags\":[\"a,b\"],\"plan\":{\"root\":{\"range\":{\"end\":\"3\",\"step\":\"1\"}}}}"),
        message(
            "C03",
            "progress every millisecond",
            "Config",
            set("spark.connect.progress.reportInterval")),
        message(
            "C05",
            "values as columns: a pivot without values",
            "AnalyzePlan",
            "{\"schema\":{\"plan\":{\"root\":{\"aggregate\":{\"input\":"
                + PEOPLE
                + ",\"group_type\":\"GROUP_TYPE_PIVOT\",\"pivot\":{\"col\":"
                + "{\"unresolved_attribute\":{\"unparsed_identifier\":\"name\"}}},"
                + "\"aggregate_expressions\":[{\"unresolved_function\":{\"function_name\":"
                + "\"count\",\"arguments\":[{\"literal\":{\"integer\":1}}]}}]}}}}}"),
        message(
            "C05",
            "values as columns: a transposition",
            "AnalyzePlan",
            "{\"schema\":{\"plan\":" + "{\"root\":{\"transpose\":{\"input\":" + PEOPLE + "}}}}}"),
        message(
            "C09",
            "rows as a text",
            "ExecutePlan",
            root("{\"show_string\":{\"input\":" + PEOPLE + ",\"num_rows\":20,\"truncate\":20}}")),
        message(
            "C09",
            "rows as HTML",
            "ExecutePlan",
            root("{\"html_string\":{\"input\":" + PEOPLE + ",\"num_rows\":20,\"truncate\":20}}")),
        message(
            "C12",
            "files of a frame",
            "AnalyzePlan",
            "{\"input_files\":{\"plan\":" + "{\"root\":" + PEOPLE + "}}}"),
        harmless(
            "C15",
            "whether others keep a frame",
            "AnalyzePlan",
            "{\"get_storage_level\":{\"relation\":" + PEOPLE + "}}",
            "one answer, whatever is kept"),
        harmless(
            "C21",
            "the columns of a frame",
            "AnalyzePlan",
            "{\"schema\":{\"plan\":{\"root\":" + PEOPLE + "}}}",
            "names and types, no comments; on record"),
        Attack.of("I06", "2 MiB of rows", server -> Sender.executed(server, rows(2 << 20))),
        Attack.of("I08", "200 filters in each other", server -> Sender.executed(server, deep(200))),
        Attack.of(
            "I08",
            "10 000 filters in each other",
            server -> Sender.bytes(server, DeepPlan.ofFilters(Sender.EVE, 10_000))));
  }

  private static String root(String relation) {
    return "{\"plan\":{\"root\":" + relation + "}}";
  }

  private static String set(String key) {
    return "{\"operation\":{\"set\":{\"pairs\":[{\"key\":\"" + key + "\",\"value\":\"1\"}]}}}";
  }

  private static Relation unknown() {
    UnknownFieldSet field =
        UnknownFieldSet.newBuilder()
            .addField(4711, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    return Requests.range().toBuilder().setUnknownFields(field).build();
  }

  private static Relation rows(int bytes) {
    return Relation.newBuilder()
        .setLocalRelation(LocalRelation.newBuilder().setData(ByteString.copyFrom(new byte[bytes])))
        .build();
  }

  private static Relation deep(int depth) {
    Expression yes =
        Expression.newBuilder()
            .setLiteral(Expression.Literal.newBuilder().setBoolean(true))
            .build();
    Relation relation = Requests.range();
    for (int i = 0; i < depth; i++) {
      relation =
          Relation.newBuilder()
              .setFilter(Filter.newBuilder().setInput(relation).setCondition(yes))
              .build();
    }
    return relation;
  }
}
