package io.sallyport.spark.weather;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.spark.artifact.ArtifactContent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;

/** Names rows as an analyst sees them, whichever way they came. */
final class RowsHash {

  private RowsHash() {}

  static String of(List<Row> rows) {
    try {
      String text = String.join("\n", rows.stream().map(Row::toString).toList());
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }

  /** A stored result's rows. */
  static List<Row> rows(ArtifactContent content) {
    return content.rows().stream()
        .map(row -> (Row) CatalystTypeConverters.convertToScala(row, content.schema()))
        .toList();
  }
}
