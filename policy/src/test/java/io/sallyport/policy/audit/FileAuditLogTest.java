package io.sallyport.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileAuditLogTest {
  @TempDir Path directory;

  @Test
  void records_afterTheLogIsOpenedAnew_areAllThereInTheirOrder() {
    Records.write(directory, 2);
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      log.append(Records.released("op-3"));
      assertThat(log.read(100))
          .extracting(AuditEntry::record)
          .containsExactly(
              Records.released("op-1"), Records.refused("op-2"), Records.released("op-3"));
      assertThat(log.read(100)).extracting(AuditEntry::sequence).containsExactly(1L, 2L, 3L);
    }
    assertThat(AuditVerifier.verify(directory)).isEmpty();
  }

  @Test
  void read_givesTheNewestOldestFirst() {
    Records.write(directory, 5);
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      assertThat(log.read(2)).extracting(AuditEntry::sequence).containsExactly(4L, 5L);
      assertThat(log.read(0)).isEmpty();
      assertThatThrownBy(() -> log.read(-1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Many records of another kind push none out. */
  @Test
  void read_ofOneKind_countsOnlyThose() {
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      log.append(Records.refused("op-1"));
      for (int i = 2; i < 20; i++) {
        log.append(Records.released("op-" + i));
      }
      log.append(Records.refused("op-20"));
      log.append(Records.refused("op-21"));
      assertThat(log.read(2, record -> record.verdict().equals("REFUSED")))
          .extracting(AuditEntry::sequence)
          .containsExactly(20L, 21L);
      assertThat(log.read(5, record -> record.verdict().equals("REFUSED")))
          .extracting(AuditEntry::sequence)
          .containsExactly(1L, 20L, 21L);
    }
  }

  @Test
  void entry_isBoundToTheOneBeforeIt() {
    Records.write(directory, 2);
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      List<AuditEntry> entries = log.read(2);
      assertThat(entries.get(0).previousHash()).isEqualTo("0".repeat(64));
      assertThat(entries.get(1).previousHash()).isEqualTo(entries.get(0).hash());
    }
  }

  @Test
  void append_returns_onlyWhenTheLineIsInTheFile() throws IOException {
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      log.append(Records.released("op-1"));
      assertThat(Files.readString(directory.resolve("audit.jsonl")))
          .startsWith("{\"sequence\":1,\"previous\":\"000")
          .endsWith("\"}\n");
    }
  }

  @Test
  void append_inAnInterruptedThread_stillWritesAndLeavesTheLogOpen() {
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      Thread.currentThread().interrupt();
      log.append(Records.released("op-1"));
      assertThat(Thread.interrupted()).isTrue();
      log.append(Records.released("op-2"));
      assertThat(log.read(10)).hasSize(2);
    }
  }

  @Test
  void append_fromManyThreads_keepsOneChain() throws InterruptedException, IOException {
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      List<Thread> threads =
          IntStream.range(0, 4)
              .mapToObj(
                  t ->
                      new Thread(
                          () ->
                              IntStream.range(0, 10)
                                  .forEach(i -> log.append(Records.released(t + "-" + i)))))
              .toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(AuditVerifier.verify(directory)).isEmpty();
    assertThat(Records.lines(directory)).hasSize(40);
  }

  @Test
  void open_whileAnotherWriterIsOpen_saysWhatToDo() {
    FileAuditLog first = FileAuditLog.open(directory);
    assertThatThrownBy(() -> FileAuditLog.open(directory))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("Another Sallyport server is writing the audit log")
        .hasMessageContaining("spark.sallyport.store");
    first.close();
    FileAuditLog.open(directory).close();
  }

  @Test
  void open_afterACrashInTheMiddleOfALine_movesItAsideAndGoesOn() throws IOException {
    Records.write(directory, 2);
    Path log = directory.resolve("audit.jsonl");
    Files.writeString(log, "{\"sequence\":3,\"prev", StandardOpenOption.APPEND);
    try (FileAuditLog reopened = FileAuditLog.open(directory)) {
      reopened.append(Records.released("op-3"));
      assertThat(reopened.read(10)).extracting(AuditEntry::sequence).containsExactly(1L, 2L, 3L);
    }
    assertThat(AuditVerifier.verify(directory)).isEmpty();
    assertThat(torn())
        .singleElement()
        .satisfies(file -> assertThat(Files.readString(file)).isEqualTo("{\"sequence\":3,\"prev"));
  }

  @Test
  void open_afterASecondCrashAtTheSameLine_keepsBothTornLines() throws IOException {
    Path log = directory.resolve("audit.jsonl");
    for (String torn : List.of("first", "second")) {
      Records.write(directory, 0);
      Files.writeString(log, torn, StandardOpenOption.APPEND);
    }
    Records.write(directory, 0);
    assertThat(torn()).hasSize(2);
  }

  @Test
  void open_ofALogThatWasChanged_refusesAndSaysTheLine() throws IOException {
    Records.write(directory, 3);
    List<String> lines = Records.lines(directory);
    Records.rewrite(
        directory, List.of(lines.get(0), lines.get(1).replace("bob", "eve"), lines.get(2)));
    assertThatThrownBy(() -> FileAuditLog.open(directory))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("is not what was written: line 2 was changed");
    Records.rewrite(directory, lines);
    FileAuditLog.open(directory).close();
  }

  @Test
  void append_afterClose_throwsAndWritesNothing() throws IOException {
    FileAuditLog log = FileAuditLog.open(directory);
    log.append(Records.released("op-1"));
    log.close();
    assertThatThrownBy(() -> log.append(Records.released("op-2")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(Records.lines(directory)).hasSize(1);
  }

  @Test
  void open_whereNoDirectoryCanBe_isUnavailable() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> FileAuditLog.open(file))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void record_withAnUnknownVerdict_isNotMade() {
    AuditRecord good = Records.refused("op-1");
    assertThatThrownBy(
            () ->
                new AuditRecord(
                    good.time(),
                    "a",
                    "s",
                    "o",
                    "q",
                    "p",
                    "v",
                    List.of(),
                    "MAYBE",
                    good.code(),
                    List.of(),
                    good.resultHash(),
                    good.rowsOut(),
                    good.request(),
                    good.decision(),
                    good.cost()))
        .hasMessage("There is no such verdict: MAYBE");
  }

  private List<Path> torn() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("audit.torn-")).toList();
    }
  }

  @Test
  void charactersThatTurnOrHideWriting_areEscapedInTheFile_andReadAsTheyWere() throws IOException {
    String hostile = "a\u202Eb\u2066\u200B\uFEFF\u0085\u2028\u007F\u001B\n" + "\uDB40\uDC41 \u00E9";
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      log.append(Records.released(hostile));
      assertThat(log.read(1).get(0).record().operation()).isEqualTo(hostile);
    }
    String line = Records.lines(directory).get(0);
    assertThat(line).contains("a\\u202eb\\u2066\\u200b\\ufeff").contains("\u00E9");
    assertThat(line.codePoints().allMatch(Printable::is)).isTrue();
    assertThat(AuditVerifier.verify(directory)).isEmpty();
  }

  @Test
  void lineThatWasWrittenBeforeEscapes_isStillWhatWasWritten() throws IOException {
    try (FileAuditLog log = FileAuditLog.open(directory)) {
      log.append(Records.released("a\u202Eb"));
    }
    List<String> plain =
        Records.lines(directory).stream().map(FileAuditLogTest::withoutEscapes).toList();
    assertThat(plain.get(0)).contains("a\u202Eb");
    Records.rewrite(directory, plain);
    assertThat(AuditVerifier.verify(directory)).isEmpty();

    Records.rewrite(directory, plain.stream().map(l -> l.replace('\u202E', '\u202D')).toList());
    assertThat(AuditVerifier.verify(directory)).isPresent();
  }

  /** As lines were written when controls alone were escaped. */
  private static String withoutEscapes(String line) {
    return Pattern.compile("\\\\u([0-9a-f]{4})")
        .matcher(line)
        .replaceAll(
            escape -> {
              int character = Integer.parseInt(escape.group(1), 16);
              return Matcher.quoteReplacement(
                  character < 0x80 && character != 0x7f
                      ? escape.group()
                      : String.valueOf((char) character));
            });
  }
}
