package io.sallyport.policy.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An audit log in a directory: {@code audit.jsonl}, one record a line, each bound to all before it
 * by a SHA-256, and {@code audit.head}, which names the newest.
 *
 * <p>Guarantees: a record is on disk before {@link #append} returns. There is one writer. A last
 * line that a crash cut off was never acknowledged; it is moved to a file {@code audit.torn-*} and
 * said in the log of the server. After an error of the disk nothing more is written, because nobody
 * can tell what is on it: every further append throws until the server is started anew.
 *
 * <p>Safe for threads. Appends do not use channels, which a thread's interrupt would close.
 */
public final class FileAuditLog implements AuditLog {
  private static final System.Logger LOG = System.getLogger(FileAuditLog.class.getName());

  private final AuditFiles files;
  private final WriterLock lock;
  private final FileOutputStream out;
  private final ChainHead head;
  private HashChain chain;
  private boolean stopped;

  private FileAuditLog(
      AuditFiles files, WriterLock lock, FileOutputStream out, ChainHead head, HashChain chain) {
    this.files = files;
    this.lock = lock;
    this.out = out;
    this.head = head;
    this.chain = chain;
  }

  /**
   * Opens the log of a directory, which is made when it is not there. The whole chain is checked.
   *
   * @throws StoreUnavailableException when it cannot be read or written, has another writer, or is
   *     not what was written
   */
  public static FileAuditLog open(Path directory) {
    try {
      Files.createDirectories(directory);
      AuditFiles files = new AuditFiles(directory);
      WriterLock lock = WriterLock.acquire(files.lock());
      try {
        return open(files, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "The audit log in " + directory + " cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void append(AuditRecord record) {
    if (stopped) {
      throw new StoreUnavailableException(
          "The audit log " + files.log() + " is closed, or stopped at an earlier error");
    }
    AuditEntry entry = chain.next(record);
    try {
      out.write((AuditJson.line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
      chain = chain.after(entry);
      head.write(chain);
    } catch (IOException e) {
      stopped = true;
      throw new StoreUnavailableException(
          "The audit log " + files.log() + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public List<AuditEntry> read(int limit) {
    return newest(limit, Optional::of).stream().map(this::entry).toList();
  }

  @Override
  public List<AuditEntry> read(int limit, Predicate<AuditRecord> wanted) {
    return newest(limit, line -> Optional.of(entry(line)).filter(e -> wanted.test(e.record())));
  }

  /** What the newest lines are read as, where they are read as something. */
  private <T> List<T> newest(int limit, Function<byte[], Optional<T>> read) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must be at least 0. Provided value: " + limit);
    }
    Deque<T> newest = new ArrayDeque<>();
    try (LogLines lines = LogLines.of(files.log())) {
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        read.apply(line.get()).ifPresent(newest::add);
        if (newest.size() > limit) {
          newest.remove();
        }
      }
    } catch (IOException e) {
      throw new StoreUnavailableException("The audit log " + files.log() + " cannot be read", e);
    }
    return List.copyOf(newest);
  }

  @Override
  public synchronized void close() {
    stopped = true;
    try (lock;
        head) {
      out.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The audit log " + files.log() + " was not closed cleanly", e);
    }
  }

  private AuditEntry entry(byte[] line) {
    return AuditJson.entry(new String(line, StandardCharsets.UTF_8))
        .orElseThrow(
            () ->
                new StoreUnavailableException(
                    "The audit log " + files.log() + " has a line that is no audit record"));
  }

  private static FileAuditLog open(AuditFiles files, WriterLock lock) throws IOException {
    ChainCheck check = ChainCheck.of(files);
    check.problem().ifPresent(problem -> refuse(files, problem));
    if (check.torn().length > 0) {
      moveAside(files, check);
    }
    FileOutputStream out = new FileOutputStream(files.log().toFile(), true);
    ChainHead head = ChainHead.open(files.head());
    head.write(check.chain());
    head.sync();
    files.syncDirectory();
    return new FileAuditLog(files, lock, out, head, check.chain());
  }

  private static void refuse(AuditFiles files, ChainBreak problem) {
    throw new StoreUnavailableException(
        "The audit log %s is not what was written: line %d %s. Restore it, or keep it as evidence and give this server another directory as spark.sallyport.store"
            .formatted(files.log(), problem.line(), problem.problem()));
  }

  private static void moveAside(AuditFiles files, ChainCheck check) throws IOException {
    long line = check.chain().sequence() + 1;
    Path torn = files.unusedTornFile(line);
    Files.write(torn, check.torn(), StandardOpenOption.CREATE_NEW, StandardOpenOption.DSYNC);
    files.syncDirectory();
    try (RandomAccessFile log = new RandomAccessFile(files.log().toFile(), "rw")) {
      log.setLength(check.completeBytes());
      log.getFD().sync();
    }
    LOG.log(
        Level.WARNING,
        "Line {0} of {1} was not completely written when the server stopped. Its record was never"
            + " acknowledged. Its {2} bytes are now in {3}; all lines before it are in order",
        line,
        files.log(),
        check.torn().length,
        torn);
  }
}
