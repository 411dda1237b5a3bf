package io.sallyport.spark.release;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** SHA-256 of questions and of states of the data; results have {@code rows.ResultDigest}. */
final class Hashes {

  private Hashes() {}

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** A hash that is made bit by bit. */
  static MessageDigest sha256() {
    return digest();
  }

  /** As the others are written. */
  static String text(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A hash of rows that a question brings along, in order. */
  static String ofOwn(List<UnsafeRow> rows) {
    MessageDigest digest = digest();
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
