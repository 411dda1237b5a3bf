package io.sallyport.spark.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is read from a private file only, and never shown. */
final class ArtifactKeyTest {

  private static final String DIGITS = "0123456789abcdef".repeat(4);

  @TempDir Path directory;

  @Test
  void madeKey_isPrivate_andComesBack() throws IOException {
    Path file = directory.resolve("new/key");
    ArtifactKey made = ArtifactKey.loadOrMake(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ArtifactKey.loadOrMake(file).derive(new byte[32], "p"))
        .isEqualTo(made.derive(new byte[32], "p"));
    assertThat(directory.resolve("new").toFile().list()).containsExactly("key");
  }

  @Test
  void derivedKeys_differBySaltAndPurpose() throws IOException {
    ArtifactKey key = ArtifactKey.load(file(DIGITS + "\n", "rw-------"));
    byte[] salt = new byte[32];
    salt[0] = 1;
    assertThat(key.derive(new byte[32], "a")).isNotEqualTo(key.derive(new byte[32], "b"));
    assertThat(key.derive(new byte[32], "a")).isNotEqualTo(key.derive(salt, "a"));
  }

  @Test
  void text_neverShowsTheKey() throws IOException {
    ArtifactKey key = ArtifactKey.load(file(DIGITS, "r--------"));
    assertThat(key.toString()).isEqualTo("ArtifactKey[***]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw------x", "rwxrwxrwx"})
  void fileOfOthers_isRefused(String mode) throws IOException {
    Path file = file(DIGITS, mode);
    assertThatThrownBy(() -> ArtifactKey.load(file))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining(DIGITS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123", "zz", "0123456789abcdef 0123456789abcdef"})
  void fileWithoutAKey_isRefused_andNotQuoted(String content) throws IOException {
    Path file = file(content.isEmpty() ? "" : content.repeat(3), "rw-------");
    assertThatThrownBy(() -> ArtifactKey.load(file))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("64 hexadecimal digits")
        .hasMessageNotContaining("0123");
  }

  @Test
  void missingFile_isRefused() {
    assertThatThrownBy(() -> ArtifactKey.load(directory.resolve("none")))
        .isInstanceOf(StoreUnavailableException.class);
  }

  /** RFC 5869, A.1, cut to the first 32 bytes of its output. */
  @Test
  void hkdf_isThatOfTheRfc() {
    byte[] derived =
        Hkdf.derive(
            HexFormat.of().parseHex("0b".repeat(22)),
            HexFormat.of().parseHex("000102030405060708090a0b0c"),
            HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9"));
    assertThat(HexFormat.of().formatHex(derived))
        .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  }

  private Path file(String content, String mode) throws IOException {
    Path file = directory.resolve("key");
    Files.writeString(file, content, StandardCharsets.US_ASCII);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }
}
