package io.sallyport.policy.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The newest link of a chain of records, each bound to all before it by its hash: a record that is
 * changed, removed or moved breaks every link after it. Immutable.
 *
 * @param sequence how many records there are
 * @param hash the hash of the newest
 */
record HashChain(long sequence, String hash) {

  /** The chain before its first record. */
  static HashChain start() {
    return new HashChain(0, "0".repeat(64));
  }

  /** The entry that the record becomes when it is the next. */
  AuditEntry next(AuditRecord record) {
    String content = AuditJson.content(sequence + 1, hash, record);
    return new AuditEntry(sequence + 1, record, hash, sha256(content));
  }

  /** The chain with this entry as its newest. */
  HashChain after(AuditEntry entry) {
    return new HashChain(entry.sequence(), entry.hash());
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
