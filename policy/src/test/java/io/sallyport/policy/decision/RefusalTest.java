package io.sallyport.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RefusalTest {

  @Test
  void text_hasItsThreePartsWithOneFullStopEach() {
    Refusal refusal =
        new Refusal(
            RefusalCode.AGG_NOT_ALLOWED,
            "max(age) shows one person's value. ",
            Optional.of("frame stays, automatic = aggregation(10)"),
            "count, sum or avg...");
    assertThat(refusal.text())
        .isEqualTo(
            "[SALLYPORT.AGG_NOT_ALLOWED] max(age) shows one person's value. Policy: frame stays,"
                + " automatic = aggregation(10). What would pass: count, sum or avg.");
  }

  @Test
  void text_withoutPolicy_leavesItOut() {
    assertThat(
            new Refusal(RefusalCode.RPC_NOT_ALLOWED, "AddArtifacts", Optional.empty(), "nothing"))
        .extracting(Refusal::text)
        .isEqualTo("[SALLYPORT.RPC_NOT_ALLOWED] AddArtifacts. What would pass: nothing.");
  }

  @Test
  void text_ofWhateverAnAnalystWrote_isOneHarmlessLine() {
    String evil = "a\r\nb\tc\u0000d\u001b[31me\u2028f\u202eg\ud800h  i";
    assertThat(new Refusal(RefusalCode.PARAM_INVALID, evil, Optional.of(evil), evil).text())
        .isEqualTo(
            "[SALLYPORT.PARAM_INVALID] a b c?d?[31me f?g?h i. Policy: a b c?d?[31me f?g?h i. What"
                + " would pass: a b c?d?[31me f?g?h i.");
  }

  @Test
  void text_ofVeryLongParts_isBoundedAndKeepsEveryPart() {
    String longText = "😀".repeat(5_000);
    String text =
        new Refusal(RefusalCode.SMALL_GROUP, longText, Optional.of(longText), longText).text();
    assertThat(text)
        .hasSizeLessThanOrEqualTo(2_000)
        .startsWith("[SALLYPORT.SMALL_GROUP] 😀")
        .contains("… Policy: 😀")
        .contains("… What would pass: 😀")
        .endsWith("…")
        .doesNotContain("?");
    assertThat(text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE))
        .isTrue();
  }

  @Test
  void codes_areNeverRenamed() {
    assertThat(RefusalCode.values())
        .extracting(Enum::name)
        .contains(
            ("RPC_NOT_ALLOWED RELATION_NOT_ALLOWED COMMAND_NOT_ALLOWED CONF_NOT_ALLOWED"
                    + " SOURCE_NOT_ALLOWED FUNCTION_NOT_ALLOWED AGG_NOT_ALLOWED UDF_NOT_ALLOWED"
                    + " KEY_NOT_ALLOWED PREDICATE_NOT_ALLOWED EXPLAIN_NOT_ALLOWED NONDETERMINISTIC"
                    + " RAW_OUTPUT SMALL_GROUP UNIT_LOST UNIT_AMBIGUOUS MISSING_BOUNDS MAY_FAIL"
                    + " PARAM_INVALID BUDGET_EXHAUSTED LIMIT_EXCEEDED IDENTITY_MISMATCH"
                    + " APPROVAL_REQUIRED APPROVAL_MISMATCH APPROVAL_STALE STORE_UNAVAILABLE"
                    + " QUERY_FAILED UNAUTHENTICATED")
                .split(" "));
  }
}
