package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.sql.connect.common.DataTypeProtoConverter$;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas as text, as Spark understands them. */
final class SchemaTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k int, v string",
        "`a b` long NOT NULL, c double",
        "a boolean, b tinyint, c smallint, d bigint, e float, f decimal(10,2), g date,"
            + " h timestamp, i timestamp_ntz, j decimal"
      })
  void columns_areSparksOwn(String text) {
    assertThat(DataTypeProtoConverter$.MODULE$.toCatalystType(SchemaText.type(text)))
        .isEqualTo(StructType.fromDDL(text));
  }

  @Test
  void typeAlone_isThatType() {
    assertThat(SchemaText.type(" INT ").getKindCase()).isEqualTo(DataType.KindCase.INTEGER);
    assertThat(SchemaText.type("decimal(5,1)").getDecimal().getScale()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a array<int>", "struct<a:int>", "a int; b int", "a udt"})
  void otherTexts_areRefused(String text) {
    assertThat(Admissions.refusal(() -> SchemaText.type(text)).code())
        .isEqualTo(RefusalCode.PARAM_INVALID);
  }
}
