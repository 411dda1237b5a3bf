package io.sallyport.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditVerifierTest {
  @TempDir Path directory;

  @BeforeEach
  void fiveRecords() {
    Records.write(directory, 5);
  }

  @Test
  void log_asItWasWritten_isInOrder() {
    assertThat(AuditVerifier.verify(directory)).isEmpty();
  }

  @Test
  void byte_changedAnywhere_isFoundInItsLine() throws IOException {
    Path log = directory.resolve("audit.jsonl");
    byte[] original = Files.readAllBytes(log);
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] changed = original.clone();
      int at = random.nextInt(changed.length);
      changed[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(log, changed);
      long line =
          new String(original, 0, at, StandardCharsets.ISO_8859_1)
                  .chars()
                  .filter(c -> c == '\n')
                  .count()
              + 1;
      assertThat(AuditVerifier.verify(directory)).as("byte %d", at).isPresent();
      assertThat(AuditVerifier.verify(directory).get().line()).as("byte %d", at).isEqualTo(line);
    }
  }

  @Test
  void record_removedAnywhereTheLastOneToo_isFound() throws IOException {
    List<String> lines = Records.lines(directory);
    for (int i = 0; i < lines.size(); i++) {
      List<String> fewer = new ArrayList<>(lines);
      fewer.remove(i);
      Records.rewrite(directory, fewer);
      assertThat(AuditVerifier.verify(directory)).isPresent();
      assertThat(AuditVerifier.verify(directory).get().line()).isEqualTo(i + 1L);
    }
  }

  @Test
  void records_swapped_areFound() throws IOException {
    List<String> lines = new ArrayList<>(Records.lines(directory));
    Collections.swap(lines, 2, 3);
    Records.rewrite(directory, lines);
    assertThat(AuditVerifier.verify(directory))
        .contains(
            new ChainBreak(
                3, "has number 4 where 3 was expected: records were removed, added or moved"));
  }

  @Test
  void record_writtenAnewWithItsOwnHash_breaksTheNextLine() throws IOException {
    List<String> lines = new ArrayList<>(Records.lines(directory));
    HashChain chain = HashChain.start().after(AuditJson.entry(lines.get(0)).orElseThrow());
    lines.set(1, AuditJson.line(chain.next(Records.released("forged"))));
    Records.rewrite(directory, lines);
    assertThat(AuditVerifier.verify(directory))
        .contains(
            new ChainBreak(
                3, "does not follow the record before it: records were changed, removed or moved"));
  }

  @Test
  void log_whollyWrittenAnew_isFoundByItsHead() throws IOException {
    List<String> lines = new ArrayList<>();
    HashChain chain = HashChain.start();
    for (int i = 0; i < 6; i++) {
      AuditEntry entry = chain.next(Records.released("forged-" + i));
      lines.add(AuditJson.line(entry));
      chain = chain.after(entry);
    }
    Records.rewrite(directory, lines);
    assertThat(AuditVerifier.verify(directory))
        .contains(
            new ChainBreak(5, "is not the record that audit.head names: the log was rewritten"));
  }

  @Test
  void head_behindTheLogAfterACrash_isInOrderAndOneThatIsGoneIsNot() throws IOException {
    Path head = directory.resolve("audit.head");
    AuditEntry third = AuditJson.entry(Records.lines(directory).get(2)).orElseThrow();
    try (ChainHead file = ChainHead.open(head)) {
      file.write(new HashChain(3, third.hash()));
    }
    assertThat(AuditVerifier.verify(directory)).isEmpty();
    Files.delete(head);
    assertThat(AuditVerifier.verify(directory).orElseThrow().problem())
        .contains("audit.head is gone or damaged");
  }

  @Test
  void verify_whereNoLogIs_saysSo() {
    assertThatThrownBy(() -> AuditVerifier.verify(directory.resolve("elsewhere")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("There is no audit log");
  }
}
