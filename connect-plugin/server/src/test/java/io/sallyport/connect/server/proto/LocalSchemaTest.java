package io.sallyport.connect.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of local rows: flat and simple, or refused. */
final class LocalSchemaTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a int",
        "a: int",
        " a INT , b String not null,c decimal(10, 2)",
        "`a b` bigint, `x``y` timestamp_ntz"
      })
  void ddl_ofSimpleTypes_isAdmitted(String ddl) {
    LocalSchema schema = LocalSchema.of(ddl);
    assertThat(LocalSchema.of(schema.json())).isEqualTo(schema);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "int",
        "a",
        "a int,",
        "a int b int",
        "a array<int>",
        "a struct<b:int>",
        "a map<int,int>",
        "a varchar(3)",
        "a string collate UNICODE_CI",
        "a int comment 'x'",
        "a int default reflect('x')",
        "a decimal(99,1)",
        "a decimal(4,5)",
        "a interval day",
        "_metadata int",
        "`__a` int",
        "a int -- b",
        "a udt",
        "struct<a:int>",
        "a int generated always as (1)"
      })
  void ddl_ofAnythingElse_isRefused(String ddl) {
    assertThat(code(ddl)).isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"type\":\"struct\",\"fields\":[]}",
        "{\"type\":\"struct\",\"fields\":{}}",
        "{\"type\":\"array\",\"elementType\":\"string\",\"containsNull\":true}",
        "{\"type\":\"udt\",\"class\":\"a.B\",\"pyClass\":null,\"sqlType\":\"string\"}",
        "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"nullable\":true}]}",
        "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"udt\"},"
            + "\"nullable\":true,\"metadata\":{}}]}",
        "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"string\",\"nullable\":true,"
            + "\"metadata\":{\"__CHAR_VARCHAR_TYPE_STRING\":\"char(3)\"}}]}",
        "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"string\",\"nullable\":true,"
            + "\"metadata\":{},\"class\":\"a.B\"}]}",
        "{\"type\":\"struct\",\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"string\","
            + "\"nullable\":true,\"metadata\":{}}]}",
        "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"string\",\"nullable\":true,"
            + "\"metadata\":{}}]} x"
      })
  void json_ofAnythingElse_isRefused(String json) {
    assertThat(code(json)).isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @Test
  void bombs_areRefused_atOnce() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThat(code("{\"a\":".repeat(100_000))).isEqualTo(RefusalCode.PARAM_INVALID);
          assertThat(code("`" + "``".repeat(30_000))).isEqualTo(RefusalCode.PARAM_INVALID);
          assertThat(code("a int,".repeat(10_000))).isEqualTo(RefusalCode.PARAM_INVALID);
          assertThat(code(" ".repeat(60_000))).isEqualTo(RefusalCode.PARAM_INVALID);
        });
  }

  private static RefusalCode code(String schema) {
    return Admissions.refusal(() -> LocalSchema.of(schema)).code();
  }
}
