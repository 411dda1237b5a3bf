package io.sallyport.connect.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RefusalTextTest {

  private static final String ID = "r-abcdefgh01234567";

  private static RefusalText parsed(String message) {
    return RefusalText.parse(message).orElseThrow();
  }

  @Test
  void wholeRefusal_isTakenApart() {
    RefusalText text =
        parsed(
            "[SALLYPORT.SMALL_GROUP] Groups by `ward` are too small. Policy: stays: at least 10."
                + " What would pass: Fewer keys.");

    assertThat(text)
        .isEqualTo(
            new RefusalText(
                "SMALL_GROUP",
                "Groups by `ward` are too small.",
                Optional.of("stays: at least 10."),
                "Fewer keys."));
  }

  @Test
  void policyAndRemedy_mayBeMissing() {
    assertThat(parsed("[SALLYPORT.RPC_NOT_ALLOWED] No. What would pass: Yes."))
        .isEqualTo(new RefusalText("RPC_NOT_ALLOWED", "No.", Optional.empty(), "Yes."));
    assertThat(parsed("[SALLYPORT.QUERY_FAILED] No."))
        .isEqualTo(new RefusalText("QUERY_FAILED", "No.", Optional.empty(), ""));
  }

  @Test
  void ownersWords_thatLookLikeParts_doNotMoveTheRemedy() {
    RefusalText text =
        parsed(
            "[SALLYPORT.APPROVAL_REJECTED] I asked for Policy: A. What would pass: B. Policy:"
                + " stays. What would pass: Another question.");

    assertThat(text.remedy()).isEqualTo("Another question.");
    assertThat(text.policy()).contains("stays.");
  }

  @Test
  void text_isAsTheServerWroteIt() {
    String message = "[SALLYPORT.SMALL_GROUP] A. Policy: B. What would pass: C.";

    assertThat(parsed(message)).hasToString(message);
    assertThat(parsed(message).exception()).hasMessage(message);
  }

  @Test
  void refusal_isFoundInsideOtherExceptions() {
    Exception inside = new IllegalStateException("UNAVAILABLE: [SALLYPORT.MAY_FAIL] A.");

    assertThat(RefusalText.find(new RuntimeException("outside", inside)).orElseThrow().code())
        .isEqualTo("MAY_FAIL");
    assertThat(RefusalText.find(new RuntimeException("other"))).isEmpty();
    assertThat(RefusalText.find(new RuntimeException())).isEmpty();
  }

  @Test
  void codes_giveTypedExceptions() {
    Refused pending =
        parsed("[SALLYPORT.APPROVAL_REQUIRED] Waits as request " + ID + ". What would pass: X.")
            .exception();

    assertThat(pending).isInstanceOf(PendingApproval.class);
    assertThat(((PendingApproval) pending).requestId()).isEqualTo(ID);
    assertThat(parsed("[SALLYPORT.APPROVAL_REJECTED] Too much detail.").exception())
        .isInstanceOf(ApprovalRejected.class)
        .satisfies(e -> assertThat(e.reason()).isEqualTo("Too much detail."));
    assertThat(parsed("[SALLYPORT.APPROVAL_RETURNED] For whom?").exception())
        .isInstanceOf(ApprovalReturned.class);
    assertThat(parsed("[SALLYPORT.SMALL_GROUP] A.").exception())
        .isExactlyInstanceOf(Refused.class)
        .satisfies(e -> assertThat(e.code()).isEqualTo("SMALL_GROUP"));
  }

  @Test
  void approvalRequired_withoutARequestsId_isNoPendingApproval() {
    for (String said : List.of("request r-short", "request " + ID + "9", "no id", "r" + ID)) {
      assertThat(parsed("[SALLYPORT.APPROVAL_REQUIRED] " + said + ".").exception())
          .isExactlyInstanceOf(Refused.class);
    }
  }

  @Test
  void noRefusal_isNone() {
    for (String message :
        List.of(
            "", "SALLYPORT.MAY_FAIL] x", "[SALLYPORT.] x", "[SALLYPORT.low] x", "[OTHER.A] x")) {
      assertThat(RefusalText.parse(message)).isEmpty();
    }
  }

  @Test
  void damagedRefusals_areReadOrNot_andNothingIsThrown() {
    String message =
        "[SALLYPORT.APPROVAL_REQUIRED] As request " + ID + ". Policy: B. What would pass: C.";
    Random random = new Random(3);
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder damaged = new StringBuilder(message);
      for (int damage = 0; damage < 4; damage++) {
        damaged.setCharAt(random.nextInt(message.length()), (char) random.nextInt(0x3000));
      }
      damaged.setLength(random.nextInt(message.length()) + 1);
      Optional<RefusalText> text = RefusalText.parse(damaged.toString());
      read += text.map(RefusalText::exception).isPresent() ? 1 : 0;
    }
    assertThat(read).isBetween(1_000, 19_000);
  }
}
