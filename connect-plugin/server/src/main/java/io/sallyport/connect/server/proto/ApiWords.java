package io.sallyport.connect.server.proto;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Catalog;
import org.apache.spark.connect.proto.Relation;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;

/** What a field of the protocol is called in the API that people write. */
final class ApiWords {

  /** Where the call has another name than its field. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("Relation.to_schema", "df.to(schema)"),
          Map.entry("Relation.collect_metrics", "df.observe"),
          Map.entry("Relation.map_partitions", "df.mapPartitions, df.mapInPandas"),
          Map.entry("Relation.group_map", "df.groupBy().applyInPandas, flatMapGroups"),
          Map.entry("Relation.co_group_map", "cogroup"),
          Map.entry("Relation.crosstab", "df.stat.crosstab"),
          Map.entry("Relation.approx_quantile", "df.approxQuantile"),
          Map.entry("Relation.freq_items", "df.stat.freqItems"),
          Map.entry("Relation.sample_by", "df.stat.sampleBy"),
          Map.entry("Relation.as_of_join", "pandas merge_asof"),
          Map.entry("Expression.common_inline_user_defined_function", "udf(...)"),
          Map.entry("Expression.typed_aggregate_expression", "an Aggregator"),
          Map.entry("Expression.lambda_function", "a lambda"),
          Map.entry("Expression.unresolved_named_lambda_variable", "a lambda's variable"),
          Map.entry("Expression.call_function", "call_function"),
          Map.entry("Expression.update_fields", "withField, dropFields"),
          Map.entry("Expression.unresolved_regex", "df.colRegex"),
          Map.entry("Expression.named_argument_expression", "an argument with its name"),
          Map.entry("Expression.merge_action", "mergeInto"),
          Map.entry("Command.register_function", "spark.udf.register"),
          Map.entry("Command.write_operation", "df.write"),
          Map.entry("Command.write_operation_v2", "df.writeTo"),
          Map.entry("Command.create_dataframe_view", "df.createOrReplaceTempView"),
          Map.entry("Command.checkpoint_command", "df.checkpoint"),
          Map.entry("Command.write_stream_operation_start", "df.writeStream"),
          Map.entry("Command.streaming_query_manager_command", "spark.streams"),
          Map.entry("Read.data_source", "spark.read"),
          Map.entry("Read.is_streaming", "spark.readStream"),
          Map.entry("Operation.get_all", "spark.conf.getAll"));

  private static final Map<Descriptor, String> OBJECTS =
      Map.of(
          Relation.getDescriptor(), "df.",
          Catalog.getDescriptor(), "spark.catalog.",
          AnalyzePlanRequest.getDescriptor(), "df.");

  private ApiWords() {}

  static String of(FieldDescriptor field) {
    Descriptor type = field.getContainingType();
    String name = type.getName() + "." + field.getName();
    String object = OBJECTS.get(type);
    return CALLS.getOrDefault(name, object == null ? name : object + camel(field.getName()));
  }

  private static String camel(String field) {
    StringBuilder name = new StringBuilder();
    for (String word : field.split("_", -1)) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }
}
