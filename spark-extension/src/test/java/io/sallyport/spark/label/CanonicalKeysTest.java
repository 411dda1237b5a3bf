package io.sallyport.spark.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of which a group can show its key without showing whose spelling it is. */
final class CanonicalKeysTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STRING",
        "STRING COLLATE UTF8_BINARY",
        "INT",
        "DECIMAL(38, 2)",
        "DOUBLE",
        "BOOLEAN",
        "BINARY",
        "DATE",
        "TIMESTAMP",
        "INTERVAL DAY TO SECOND",
        "ARRAY<FLOAT>",
        "STRUCT<a: STRING, b: ARRAY<DATE>>",
      })
  void equalValuesHaveOneForm(String type) {
    assertThat(CanonicalKeys.isCanonical(DataType.fromDDL(type))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STRING COLLATE UTF8_LCASE",
        "STRING COLLATE UTF8_BINARY_RTRIM",
        "STRING COLLATE UNICODE_CI",
        "STRING COLLATE UNICODE_AI",
        "STRING COLLATE de_CI_AI",
        "STRING COLLATE UTF8_LCASE_RTRIM",
        "ARRAY<STRING COLLATE UTF8_LCASE>",
        "STRUCT<a: INT, b: STRUCT<c: STRING COLLATE UNICODE_CI>>",
        "MAP<STRING, INT>",
        "STRUCT<a: MAP<INT, INT>>",
        "VARIANT",
      })
  void equalValuesHaveSeveralForms(String type) {
    assertThat(CanonicalKeys.isCanonical(DataType.fromDDL(type))).isFalse();
  }
}
