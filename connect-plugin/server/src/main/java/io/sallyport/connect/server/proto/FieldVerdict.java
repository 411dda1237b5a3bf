package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;

/** What becomes of a field that a client set. */
sealed interface FieldVerdict {

  /** The reason, as it stands in the table. */
  String reason();

  /**
   * It stays, when each of its values passes the check and, being a message, is admitted itself.
   */
  record Admitted(FieldCheck check, String reason) implements FieldVerdict {}

  /** It is cleared without being read: stock clients send it, and nothing needs it. */
  record Stripped(String reason) implements FieldVerdict {}

  /** The request is refused. */
  record Refused(RefusalCode code, String reason, String remedy) implements FieldVerdict {}
}
