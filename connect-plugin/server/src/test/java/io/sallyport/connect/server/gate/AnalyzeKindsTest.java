package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spark.RefusedException;
import java.util.Set;
import org.apache.spark.connect.proto.AnalyzePlanRequest.AnalyzeCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalyzeKindsTest {

  private static final Set<AnalyzeCase> ALLOWED =
      Set.of(AnalyzeCase.SCHEMA, AnalyzeCase.SPARK_VERSION);
  private static final Set<AnalyzeCase> EXPLAINS =
      Set.of(AnalyzeCase.EXPLAIN, AnalyzeCase.TREE_STRING, AnalyzeCase.INPUT_FILES);

  @ParameterizedTest
  @EnumSource(AnalyzeCase.class)
  void everyKind_isAllowedOrRefused(AnalyzeCase kind) {
    if (ALLOWED.contains(kind)) {
      assertThatCode(() -> AnalyzeKinds.requireAllowed(kind)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> AnalyzeKinds.requireAllowed(kind))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(
              EXPLAINS.contains(kind)
                  ? "[SALLYPORT.EXPLAIN_NOT_ALLOWED]"
                  : "[SALLYPORT.RPC_NOT_ALLOWED]");
    }
  }
}
