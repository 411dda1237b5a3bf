package io.sallyport.connect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AnswerSchemasTest {

  @Test
  void ddl_isWhatSparkReads() {
    assertThat(AnswerSchemas.ddl(AnswerSchemas.FETCH_ARROW)).isEqualTo("chunk INT, ipc BINARY");
    assertThat(AnswerSchemas.ddl(AnswerSchemas.REQUEST))
        .isEqualTo(
            "request_id STRING, state STRING, reason STRING, filed_at TIMESTAMP, expires_at"
                + " TIMESTAMP");
  }

  @Test
  void answers_haveEachColumnOnce() {
    Stream.of(
            AnswerSchemas.COLLECT,
            AnswerSchemas.FETCH_ARROW,
            AnswerSchemas.EXPLAIN_PRIVACY,
            AnswerSchemas.ARTIFACT_STATE,
            AnswerSchemas.LIST_FRAMES,
            AnswerSchemas.REQUEST)
        .map(columns -> columns.stream().map(AnswerSchemas.Column::name).toList())
        .forEach(names -> assertThat(names).isNotEmpty().doesNotHaveDuplicates());
  }

  @Test
  void openStates_areThoseThatWait() {
    assertThat(Stream.of(ApprovalState.values()).filter(ApprovalState::isOpen))
        .containsExactly(ApprovalState.PENDING, ApprovalState.RETURNED);
  }
}
