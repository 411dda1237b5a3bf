package io.sallyport.spark.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** SHA-256 of what was released. */
final class Hashes {

  private Hashes() {}

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** A hash of a result: its schema, then its rows in order. */
  static String ofResult(String schema, List<UnsafeRow> rows) {
    MessageDigest digest = digest();
    digest.update(schema.getBytes(StandardCharsets.UTF_8));
    for (UnsafeRow row : rows) {
      digest.update(row.getBytes());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
