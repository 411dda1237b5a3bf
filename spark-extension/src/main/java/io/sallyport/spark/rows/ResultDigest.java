package io.sallyport.spark.rows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;

/**
 * What tells an exact result from any other: the SHA-256 of its columns' names and types, then of
 * its rows in their order.
 *
 * <p>Whoever sees it can try out guessed results, so it has no text and gives its bytes to nobody:
 * a result is stored, shown and logged under the name that a keyed code makes of it.
 */
public final class ResultDigest {

  private static final int BYTES = 32;

  private final byte[] bytes;

  private ResultDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The digest of one result. */
  public static ResultDigest of(StructType schema, List<UnsafeRow> rows) {
    MessageDigest digest = sha256();
    Arrays.stream(schema.fields())
        .map(field -> field.name() + ' ' + field.dataType().json() + '\n')
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    rows.forEach(row -> digest.update(row.getBytes()));
    return new ResultDigest(digest.digest());
  }

  /** The digest of several results together; of one, its own. */
  public static ResultDigest of(List<ResultDigest> several) {
    if (several.size() == 1) {
      return several.get(0);
    }
    MessageDigest digest = sha256();
    several.forEach(one -> digest.update(one.bytes));
    return new ResultDigest(digest.digest());
  }

  /**
   * The digest that an older store wrote down in hexadecimal digits.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static ResultDigest written(String hexadecimal) {
    byte[] bytes = HexFormat.of().parseHex(hexadecimal);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("A digest has " + BYTES + " bytes");
    }
    return new ResultDigest(bytes);
  }

  /** The code of this result under a key. */
  public byte[] under(Mac key) {
    return key.doFinal(bytes);
  }

  /** Never shows the digest. */
  @Override
  public String toString() {
    return "ResultDigest[***]";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
