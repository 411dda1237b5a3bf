package io.sallyport.spark.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.util.ArrowUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not, bit for bit, what was written is never served. */
final class ArtifactCorruptionTest {

  private static final int SEALED = Envelope.SEGMENT + Envelope.TAG;

  @TempDir Path directory;
  private ArtifactFiles files;
  private StoredBytes stored;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void write() throws IOException {
    files = open(ArtifactKey.loadOrMake(directory.resolve("key")));
    stored = files.write("a", Contents.stays(6000, 11));
    file = directory.resolve("artifacts/a.artifact");
    bytes = Files.readAllBytes(file);
    assertThat(bytes.length).isGreaterThan(Envelope.HEADER + 3 * SEALED);
    assertThat(files.read("a", stored.resultHash())).isEqualTo(Contents.stays(6000, 11));
  }

  @AfterEach
  void everyBufferIsGivenBack() {
    assertThat(ArrowUtils.rootAllocator().getAllocatedMemory()).isZero();
  }

  @Test
  void everyFlippedBit_isFound() throws IOException {
    Random random = new Random(20261122);
    for (int i = 0; i < 300; i++) {
      byte[] changed = bytes.clone();
      int place = i < Envelope.HEADER ? i : random.nextInt(bytes.length);
      changed[place] ^= (byte) (1 << random.nextInt(8));
      assertCorrupt(changed);
    }
  }

  @Test
  void truncationAtEveryBorder_isFound() throws IOException {
    for (int border = Envelope.HEADER; border < bytes.length; border += SEALED) {
      for (int off = -1; off <= 1; off++) {
        assertCorrupt(Arrays.copyOf(bytes, border + off));
      }
      assertCorrupt(Arrays.copyOf(bytes, Math.min(border + Envelope.TAG, bytes.length - 1)));
    }
    assertCorrupt(Arrays.copyOf(bytes, bytes.length - 1));
    assertCorrupt(new byte[0]);
  }

  @Test
  void bytesAfterTheEnd_areFound() throws IOException {
    assertCorrupt(Arrays.copyOf(bytes, bytes.length + 1));
    assertCorrupt(concatenate(bytes, Arrays.copyOfRange(bytes, Envelope.HEADER, bytes.length)));
  }

  @Test
  void movedRepeatedOrMissingSegments_areFound() throws IOException {
    byte[] swapped = bytes.clone();
    System.arraycopy(bytes, Envelope.HEADER, swapped, Envelope.HEADER + SEALED, SEALED);
    assertCorrupt(swapped.clone());
    System.arraycopy(bytes, Envelope.HEADER + SEALED, swapped, Envelope.HEADER, SEALED);
    assertCorrupt(swapped);
    byte[] head = Arrays.copyOf(bytes, Envelope.HEADER);
    assertCorrupt(
        concatenate(head, Arrays.copyOfRange(bytes, Envelope.HEADER + SEALED, bytes.length)));
  }

  @Test
  void swappedFiles_areFound() throws IOException {
    StoredBytes other = files.write("b", Contents.stays(6000, 12));
    Path otherFile = directory.resolve("artifacts/b.artifact");
    Path aside = directory.resolve("aside");
    Files.move(file, aside);
    Files.move(otherFile, file);
    Files.move(aside, otherFile);
    assertCorrupt("a", stored.resultHash());
    assertCorrupt("b", other.resultHash());
    assertCorrupt("a", other.resultHash());
  }

  @Test
  void anOlderFileOfTheSameId_isFoundByItsHash() throws IOException {
    files.delete("a");
    StoredBytes newer = files.write("a", Contents.stays(6000, 13));
    Files.write(file, bytes);
    assertThatThrownBy(() -> files.read("a", newer.resultHash()))
        .isInstanceOf(CorruptArtifactException.class)
        .hasMessageContaining("not the result that was recorded");
  }

  @Test
  void anotherKey_opensNothing() {
    ArtifactFiles stranger = open(ArtifactKey.loadOrMake(directory.resolve("other-key")));
    assertThatThrownBy(() -> stranger.read("a", stored.resultHash()))
        .isInstanceOf(CorruptArtifactException.class);
  }

  @Test
  void missingFile_isFound() throws IOException {
    Files.move(file, directory.resolve("gone"), StandardCopyOption.REPLACE_EXISTING);
    assertCorrupt("a", stored.resultHash());
  }

  @Test
  void interruptedWrite_neverOpens() throws IOException {
    // A crash before finish(): every whole segment is there, the one that says the end is not.
    byte[] unfinished = Arrays.copyOf(bytes, Envelope.HEADER + SEALED);
    assertCorrupt(unfinished);
  }

  private void assertCorrupt(byte[] changed) throws IOException {
    Files.write(file, changed);
    assertCorrupt("a", stored.resultHash());
  }

  private void assertCorrupt(String id, String hash) {
    assertThatThrownBy(() -> files.read(id, hash)).isInstanceOf(CorruptArtifactException.class);
  }

  private ArtifactFiles open(ArtifactKey key) {
    return new ArtifactFiles(
        directory.resolve("artifacts").toUri().toString(), new Configuration(false), key);
  }

  private static byte[] concatenate(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
