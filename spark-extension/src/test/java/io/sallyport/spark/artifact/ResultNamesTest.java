package io.sallyport.spark.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.artifact.ResultName;
import io.sallyport.spark.rows.ResultDigest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result's name is no dictionary entry: without the store's key it fits every result. */
final class ResultNamesTest {

  private static final StructType SCHEMA = new StructType().add("income", DataTypes.LongType);

  @TempDir Path directory;

  @Test
  void name_isTheSameInOneStore_andTellsResultsApart() {
    ResultNames names = names("a");
    String name = names.of(digest(12_345L));
    assertThat(names("a").of(digest(12_345L))).isEqualTo(name);
    assertThat(names.of(digest(12_346L))).isNotEqualTo(name);
    assertThat(names.of(ResultDigest.of(List.of(digest(12_345L))))).isEqualTo(name);
    assertThat(names.of(ResultDigest.of(List.of(digest(1L), digest(2L)))))
        .isNotEqualTo(names.of(ResultDigest.of(List.of(digest(2L), digest(1L)))));
    assertThat(ResultName.isOne(name)).isTrue();
  }

  @Test
  void name_isAnotherInEveryStore() {
    assertThat(names("a").of(digest(12_345L))).isNotEqualTo(names("b").of(digest(12_345L)));
  }

  @Test
  void name_isNoHashThatCanBeComputedWithoutTheKey() throws GeneralSecurityException {
    String plain = plain(12_345L);
    assertThat(names("a").of(digest(12_345L))).doesNotContain(plain);
    assertThat(ResultName.isOne(plain)).isFalse();
    assertThat(digest(12_345L).toString()).doesNotContain(plain);
  }

  @Test
  void plainHashOfAnOlderStore_getsTheNameThatTheResultHasNow() throws GeneralSecurityException {
    ResultNames names = names("a");
    assertThat(names.of(ResultDigest.written(plain(12_345L)))).isEqualTo(names.of(digest(12_345L)));
  }

  private ResultNames names(String store) {
    return new ResultNames(ArtifactKey.loadOrMake(directory.resolve(store)));
  }

  private static ResultDigest digest(long income) {
    return ResultDigest.of(SCHEMA, List.of(row(income)));
  }

  private static UnsafeRow row(long income) {
    return UnsafeProjection.create(SCHEMA)
        .apply(new GenericInternalRow(new Object[] {income}))
        .copy();
  }

  /** What the asker of a question could compute of a guessed answer. */
  private static String plain(long income) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update("income \"long\"\n".getBytes(StandardCharsets.UTF_8));
    digest.update(row(income).getBytes());
    return HexFormat.of().formatHex(digest.digest());
  }
}
