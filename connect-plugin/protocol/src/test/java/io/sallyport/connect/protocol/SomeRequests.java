package io.sallyport.connect.protocol;

import com.google.protobuf.ByteString;
import java.util.List;

/** One request of each kind, and some at the bounds. */
final class SomeRequests {

  static final String ARTIFACT = "0123456789abcdef0123456789abcdef";
  static final String REQUEST = "r-abcdefgh01234567";
  static final ByteString RELATION = ByteString.copyFrom(new byte[] {10, 0, 1, -1, 127, -128});

  private SomeRequests() {}

  static List<Request> all() {
    return List.of(
        new Request.Collect(RELATION, ""),
        new Request.Collect(RELATION, "for the yearly report, Zürich \uD83C\uDFE5"),
        new Request.Collect(RELATION, "x".repeat(Bounds.MAX_JUSTIFICATION)),
        new Request.Fetch(ARTIFACT, ""),
        new Request.Fetch(ARTIFACT, "why"),
        new Request.FetchArrow(ARTIFACT, "why"),
        new Request.ExplainPrivacy(RELATION),
        new Request.Save(ARTIFACT, "stays_2024"),
        new Request.Delete(ARTIFACT),
        new Request.ListFrames(),
        new Request.RequestStatus(REQUEST),
        new Request.Withdraw(REQUEST),
        new Request.Justify(REQUEST, "as agreed"));
  }
}
