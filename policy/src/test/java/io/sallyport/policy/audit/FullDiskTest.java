package io.sallyport.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log does while its disk takes nothing, and after. */
final class FullDiskTest {
  @TempDir Path directory;

  private final FailingFile.Disk disk = new FailingFile.Disk();

  /** Nothing of the line, a part of it, all but the line feed. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100, 400})
  void afterADiskThatWasFull_theLogGoesOn_withoutARestart(long fits) {
    try (FileAuditLog log = FileAuditLog.open(directory, disk::open)) {
      log.append(Records.released("op-1"));
      disk.free = fits;
      assertThatThrownBy(() -> log.append(Records.released("lost")))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("audit.jsonl cannot be written: No space left on device");
      assertThatThrownBy(() -> log.append(Records.released("lost too")))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(log.problem()).hasValueSatisfying(p -> assertThat(p).contains("No space left"));

      disk.free = Long.MAX_VALUE;
      log.append(Records.released("op-2"));

      assertThat(log.problem()).isEmpty();
      assertThat(log.read(10))
          .extracting(entry -> entry.record().operation())
          .containsExactly("op-1", "op-2");
    }
    assertThat(AuditVerifier.verify(directory)).isEmpty();
    FileAuditLog.open(directory).close();
  }

  /**
   * Who only asks for the health brings it back: no question would come to a server that is down.
   */
  @Test
  void askingForTheProblem_isEnoughToComeBack() throws IOException {
    try (FileAuditLog log = FileAuditLog.open(directory, disk::open)) {
      disk.syncs = false;
      assertThatThrownBy(() -> log.append(Records.released("lost")))
          .hasMessageContaining("Input/output error");
      assertThat(log.problem()).isPresent();
      disk.syncs = true;
      assertThat(log.problem()).isEmpty();
      assertThat(Files.size(directory.resolve("audit.jsonl"))).isZero();
    }
  }

  @Test
  void aLogInGoodOrder_isNotOpenedAgain() {
    try (FileAuditLog log = FileAuditLog.open(directory, disk::open)) {
      log.append(Records.released("op-1"));
      assertThat(log.problem()).isEmpty();
      log.append(Records.released("op-2"));
      assertThat(disk.openings).isEqualTo(1);
    }
  }

  /** A disk that is mounted again may be another one, or an older copy. */
  @Test
  void anotherLogInThePlaceOfTheOldOne_isNotWrittenOn() throws IOException {
    Path log = directory.resolve("audit.jsonl");
    Path copy = directory.resolve("copy");
    try (FileAuditLog writer = FileAuditLog.open(directory, disk::open)) {
      writer.append(Records.released("op-1"));
      Files.copy(log, copy);
      writer.append(Records.released("op-2"));
      disk.free = 0;
      assertThatThrownBy(() -> writer.append(Records.released("lost")));
      disk.free = Long.MAX_VALUE;

      Files.move(copy, log, StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(() -> writer.append(Records.released("op-3")))
          .hasMessageContaining("shorter than it was");
      Files.writeString(log, Files.readString(log) + "x".repeat(5_000));
      assertThatThrownBy(() -> writer.append(Records.released("op-3")))
          .hasMessageContaining("does not end with the newest record");
      Files.delete(log);
      assertThatThrownBy(() -> writer.append(Records.released("op-3")))
          .hasMessageContaining("the file has gone");
      assertThat(log).doesNotExist();
    }
  }

  @Test
  void theServersLog_saysThatTheAuditStoppedAndWhy_once_andThatItGoesOn() {
    Heard heard = new Heard();
    Logger logger = Logger.getLogger(FileAuditLog.class.getName());
    logger.addHandler(heard);
    try (FileAuditLog log = FileAuditLog.open(directory, disk::open)) {
      disk.free = 0;
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> log.append(Records.released("lost")));
      }
      disk.free = Long.MAX_VALUE;
      log.append(Records.released("op-1"));
    } finally {
      logger.removeHandler(heard);
    }
    assertThat(heard.texts).hasSize(2);
    assertThat(heard.texts.get(0)).contains("The audit log", "No space left on device");
    assertThat(heard.texts.get(1)).contains("can be written again");
  }

  /** A disk that is full in truth; only root can make one. */
  @Test
  void onATrulyFullDisk_theLogStops_andGoesOnWhenThereIsRoom() throws Exception {
    Path mount = Files.createDirectory(directory.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount.toString()))
        .as("mounting a small disk of memory is allowed")
        .isZero();
    try (FileAuditLog log = FileAuditLog.open(mount.resolve("audit"))) {
      log.append(Records.released("op-1"));
      Path filler = mount.resolve("filler");
      fill(filler);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) { // the last page of the file may have room
                  log.append(Records.released("filling-" + i));
                }
              })
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("audit.jsonl cannot be written");
      assertThat(log.problem()).isPresent();
      Files.delete(filler);
      assertThat(log.problem()).isEmpty();
      log.append(Records.released("op-2"));
      assertThat(AuditVerifier.verify(mount.resolve("audit"))).isEmpty();
      List<AuditEntry> entries = log.read(1000);
      assertThat(entries.get(entries.size() - 1).record().operation()).isEqualTo("op-2");
    } finally {
      assertThat(run("umount", mount.toString())).isZero();
    }
  }

  @Test
  void everyFile_isItsOwnersAlone_alsoThoseOfAnOlderServer() throws IOException {
    Records.write(directory.resolve("audit"), 1);
    Path old = Files.createFile(directory.resolve("audit/audit.torn-line-1-1"));
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));
    Records.write(directory.resolve("audit"), 1);
    assertThat(mode(directory.resolve("audit"))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      assertThat(files.toList())
          .hasSize(4)
          .allSatisfy(f -> assertThat(mode(f)).isEqualTo("rw-------"));
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[1024]);
      }
    } catch (IOException full) {
      assertThat(Files.size(filler)).isPositive();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // there is no such program
    }
  }

  /** What the logger was told. */
  private static final class Heard extends Handler {
    private final List<String> texts = new java.util.ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      texts.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
