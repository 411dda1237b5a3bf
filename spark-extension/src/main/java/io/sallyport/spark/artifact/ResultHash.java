package io.sallyport.spark.artifact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;

/** The name of an exact result: SHA-256 over its columns' names and types, then its rows. */
public final class ResultHash {

  private ResultHash() {}

  /** The hash, as 64 hexadecimal digits. The rows' order counts. */
  public static String of(StructType schema, List<UnsafeRow> rows) {
    MessageDigest digest = sha256();
    Arrays.stream(schema.fields())
        .map(field -> field.name() + ' ' + field.dataType().json() + '\n')
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    rows.forEach(row -> digest.update(row.getBytes()));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
