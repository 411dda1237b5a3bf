package io.sallyport.connect.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.sallyport.connect.protocol.wire.Fetch;
import io.sallyport.connect.protocol.wire.SallyportProto;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtocolMessagesTest {

  private static final String FETCH = "sallyport.io/v1/Fetch";

  static List<Request> requests() {
    return SomeRequests.all();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void everyRequest_comesBackAsItWas(Request request) {
    byte[] bytes = ProtocolMessages.encode(request);

    assertThat(ProtocolMessages.decode(ProtocolMessages.typeUrl(request), bytes))
        .isEqualTo(request);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void typeUrl_isThePrefixAndTheName(Request request) {
    assertThat(ProtocolMessages.typeUrl(request))
        .isEqualTo("sallyport.io/v1/" + request.getClass().getSimpleName());
  }

  @Test
  void everyMessageOfTheFile_isReadAndIsARequest() {
    Stream<String> messages =
        SallyportProto.getDescriptor().getMessageTypes().stream()
            .map(message -> "sallyport.io/v1/" + message.getName());

    assertThat(ProtocolMessages.typeUrls())
        .containsExactlyInAnyOrderElementsOf(messages.toList())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Request.class.getPermittedSubclasses())
                .map(kind -> "sallyport.io/v1/" + kind.getSimpleName())
                .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Fetch",
        "sallyport.io/v1/",
        "sallyport.io/v1/fetch",
        "sallyport.io/v1/Fetch ",
        "sallyport.io/v2/Fetch",
        "sallyport.io/frame",
        "type.googleapis.com/sallyport.Fetch"
      })
  void otherTypeUrl_isRefused(String typeUrl) {
    byte[] bytes = ProtocolMessages.encode(new Request.Fetch(SomeRequests.ARTIFACT, ""));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtocolMessages.decode(typeUrl, bytes))
        .withMessageContaining("type URL");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void bytesOfOneKind_underAnother_giveTheOtherOrARefusal(Request request) {
    byte[] bytes = ProtocolMessages.encode(request);
    for (String typeUrl : ProtocolMessages.typeUrls()) {
      Request other = decodedOrNull(typeUrl, bytes);
      if (other != null) {
        assertThat(ProtocolMessages.typeUrl(other)).isEqualTo(typeUrl);
        assertThat(ProtocolMessages.encode(other)).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void unknownField_isRefused(Request request) {
    byte[] unknown = {(byte) (15 << 3), 1};
    refuses(request, joined(ProtocolMessages.encode(request), unknown));
    refuses(request, joined(unknown, ProtocolMessages.encode(request)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void trailingBytes_areRefused(Request request) {
    refuses(request, joined(ProtocolMessages.encode(request), new byte[] {0}));
    refuses(request, joined(ProtocolMessages.encode(request), new byte[] {12})); // ends a group
    refuses(request, joined(ProtocolMessages.encode(request), new byte[] {10, 0}));
  }

  @Test
  void fieldSentTwice_isRefused_evenWhenBothAreEqual() {
    byte[] fetch = ProtocolMessages.encode(new Request.Fetch(SomeRequests.ARTIFACT, ""));

    refuses(FETCH, joined(fetch, fetch));
  }

  @Test
  void longerEncodingOfALength_isRefused() {
    byte[] id = SomeRequests.ARTIFACT.getBytes(StandardCharsets.US_ASCII);
    byte[] shortest = joined(new byte[] {10, 32}, id);
    byte[] longer = joined(new byte[] {10, (byte) 0xA0, 0}, id);

    assertThat(ProtocolMessages.decode(FETCH, shortest))
        .isEqualTo(new Request.Fetch(SomeRequests.ARTIFACT, ""));
    refuses(FETCH, longer);
  }

  @Test
  void otherOrderOfFields_isRefused() {
    byte[] id = ProtocolMessages.encode(new Request.Fetch(SomeRequests.ARTIFACT, ""));
    byte[] why = {18, 1, 'w'};

    assertThat(ProtocolMessages.decode(FETCH, joined(id, why))).isNotNull();
    refuses(FETCH, joined(why, id));
  }

  @Test
  void textThatIsNotUtf8_isRefused() {
    byte[] id = ProtocolMessages.encode(new Request.Fetch(SomeRequests.ARTIFACT, ""));

    refuses(FETCH, joined(id, new byte[] {18, 2, (byte) 0xC3, 0x28}));
  }

  @Test
  void loneSurrogate_cannotBeSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Request.Fetch(SomeRequests.ARTIFACT, "\uD83C"));
  }

  @Test
  void tooLong_isRefused() {
    String tooLong = "x".repeat(Bounds.MAX_JUSTIFICATION + 1);
    byte[] bytes =
        Fetch.newBuilder()
            .setArtifactId(SomeRequests.ARTIFACT)
            .setJustification(tooLong)
            .build()
            .toByteArray();

    refuses(FETCH, bytes);
    refuses("sallyport.io/v1/Collect", new byte[Bounds.MAX_RELATION_BYTES + 10_000]);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Request.Collect(
                    ByteString.copyFrom(new byte[Bounds.MAX_RELATION_BYTES + 1]), ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Request.Justify(SomeRequests.REQUEST, tooLong));
  }

  @Test
  void longestRequest_passes() {
    Request request =
        new Request.Collect(
            ByteString.copyFrom(new byte[Bounds.MAX_RELATION_BYTES]),
            "\u20AC".repeat(Bounds.MAX_JUSTIFICATION));

    assertThat(ProtocolMessages.decode("sallyport.io/v1/Collect", ProtocolMessages.encode(request)))
        .isEqualTo(request);
  }

  @Test
  void refusal_doesNotQuoteWhatWasSent() {
    byte[] bytes = Fetch.newBuilder().setArtifactId("a-secret").build().toByteArray();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtocolMessages.decode(FETCH, bytes))
        .withMessageNotContaining("secret");
  }

  private static Request decodedOrNull(String typeUrl, byte[] bytes) {
    try {
      return ProtocolMessages.decode(typeUrl, bytes);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void refuses(Request request, byte[] bytes) {
    refuses(ProtocolMessages.typeUrl(request), bytes);
  }

  private static void refuses(String typeUrl, byte[] bytes) {
    assertThatIllegalArgumentException().isThrownBy(() -> ProtocolMessages.decode(typeUrl, bytes));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
