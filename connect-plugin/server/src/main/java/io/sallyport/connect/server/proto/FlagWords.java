package io.sallyport.connect.server.proto;

import java.util.Map;
import java.util.Optional;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;

/** What a value of a field is called in the API that people write, and what would pass instead. */
record FlagWords(String subject, String remedy) {

  private static final Map<String, FlagWords> BY_FIELD =
      Map.of(
          "Sort.is_global",
          new FlagWords(
              "df.sortWithinPartitions is not available: an order within partitions shows how the"
                  + " rows lie",
              "df.orderBy(...) of what was released"),
          "SetOperation.allow_missing_columns",
          new FlagWords(
              "unionByName(..., allowMissingColumns = true) is not available: it makes columns that"
                  + " one side does not have",
              "withColumn(name, lit(null)) on the side that lacks it, then unionByName(...)"),
          "Deduplicate.within_watermark",
          new FlagWords(
              "df.dropDuplicatesWithinWatermark is not available: there are no streams",
              "df.dropDuplicates()"),
          "UnresolvedAttribute.is_metadata_column",
          new FlagWords(
              "df.metadataColumn is not available: names of files and places in them are not"
                  + " columns",
              "a column that df.columns lists"),
          "Cast.eval_mode",
          new FlagWords(
              "a cast in ANSI mode is not available: it fails on values that do not fit, and so"
                  + " would tell of one",
              "cast(...) as clients send it with ANSI mode off, or try_cast"),
          "SubqueryExpression.subquery_type",
          new FlagWords(
              "a table argument is not available: there are no table functions",
              "df.scalar(), df.exists() or column.isin(df)"));

  /** Empty for fields that people do not know of. */
  static Optional<FlagWords> of(FieldDescriptor field) {
    return Optional.ofNullable(
        BY_FIELD.get(field.getContainingType().getName() + "." + field.getName()));
  }
}
