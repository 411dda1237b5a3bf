package io.sallyport.connect.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcde\n",
        "../../../../../../../etc/passwd0"
      })
  void otherArtifactId_isRefused(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Request.Fetch(id, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Request.FetchArrow(id, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Request.Save(id, "name"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Request.Delete(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r-", "r-abcdefgh0123456", "r-ABCDEFGH01234567", "abcdefgh01234567"})
  void otherRequestId_isRefused(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Request.RequestStatus(id));
    assertThatIllegalArgumentException().isThrownBy(() -> new Request.Withdraw(id));
    assertThatIllegalArgumentException().isThrownBy(() -> new Request.Justify(id, "why"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "_a", "A", "a-b", "a.b", "a b", "a`", "ä"})
  void otherName_isRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Request.Save(SomeRequests.ARTIFACT, name));
  }

  @Test
  void name_hasAtMost63Characters() {
    assertThat(Bounds.isName("a".repeat(63))).isTrue();
    assertThat(Bounds.isName("a".repeat(64))).isFalse();
  }

  @Test
  void blank_isNothingSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Request.Justify(SomeRequests.REQUEST, " \n"));
  }

  @Test
  void emptyRelation_isNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Request.ExplainPrivacy(ByteString.EMPTY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Request.Collect(ByteString.EMPTY, ""));
  }
}
