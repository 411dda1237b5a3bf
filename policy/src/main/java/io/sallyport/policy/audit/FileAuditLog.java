package io.sallyport.policy.audit;

import io.sallyport.policy.files.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An audit log in a directory: {@code audit.jsonl}, one record a line, each bound to all before it
 * by a SHA-256, and {@code audit.head}, which names the newest.
 *
 * <p>Guarantees: a record is on disk before {@link #append} returns. There is one writer. The files
 * are their owner's alone. A last line that a crash cut off was never acknowledged; it is moved to
 * a file {@code audit.torn-*} and said in the log of the server.
 *
 * <p>After an error of the disk every append, and everybody who asks for the {@link #problem},
 * makes the log start over: what was not acknowledged is cut off, and a record is kept again as
 * soon as one can be. When it stopped, why, and that it goes on, is said in the log of the server.
 *
 * <p>Safe for threads. Appends do not use channels, which a thread's interrupt would close.
 */
public final class FileAuditLog implements AuditLog {
  private static final System.Logger LOG = System.getLogger(FileAuditLog.class.getName());

  /** A disk that takes longer does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final AuditFiles files;
  private final WriterLock lock;
  private final ChainWriter writer;
  private final ReentrantLock mutex = new ReentrantLock();
  private Optional<String> problem = Optional.empty();
  private boolean closed;

  private FileAuditLog(AuditFiles files, WriterLock lock, ChainWriter writer) {
    this.files = files;
    this.lock = lock;
    this.writer = writer;
  }

  /**
   * Opens the log of a directory, which is made when it is not there. The whole chain is checked.
   *
   * @throws StoreUnavailableException when it cannot be read or written, has another writer, or is
   *     not what was written
   */
  public static FileAuditLog open(Path directory) {
    return open(directory, LogFile::onDisk);
  }

  static FileAuditLog open(Path directory, LogFile.Opener opener) {
    try {
      PrivateFiles.folder(directory);
      AuditFiles files = new AuditFiles(directory);
      files.makePrivate();
      WriterLock lock = WriterLock.acquire(files.lock());
      try {
        return open(files, lock, opener);
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
  public void append(AuditRecord record) {
    mutex.lock();
    try {
      if (closed) {
        throw new StoreUnavailableException("The audit log " + files.log() + " is closed");
      }
      if (problem.isPresent()) {
        writer.restart();
      }
      writer.append(record);
      goesOn();
    } catch (IOException e) {
      throw new StoreUnavailableException(stops(e), e);
    } finally {
      mutex.unlock();
    }
  }

  @Override
  public Optional<String> problem() {
    try {
      if (!mutex.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.of("The audit log " + files.log() + " is being written, and does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("The audit log " + files.log() + " was not looked at");
    }
    try {
      return closed ? Optional.of("The audit log " + files.log() + " is closed") : retried();
    } finally {
      mutex.unlock();
    }
  }

  private Optional<String> retried() {
    if (problem.isPresent()) {
      try {
        writer.restart();
        goesOn();
      } catch (IOException e) {
        String unused = stops(e); // kept as the problem
      }
    }
    return problem;
  }

  /** Remembers what is wrong, and says it once. */
  private String stops(IOException e) {
    String text = "The audit log " + files.log() + " cannot be written: " + e.getMessage();
    if (!problem.equals(Optional.of(text))) {
      LOG.log(
          Level.ERROR,
          text + ". Until it can, nothing is released; it is tried again with every question",
          e);
    }
    problem = Optional.of(text);
    return text;
  }

  private void goesOn() {
    if (problem.isPresent()) {
      problem = Optional.empty();
      LOG.log(Level.WARNING, "The audit log {0} can be written again, and goes on", files.log());
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
  public void close() {
    mutex.lock();
    try (lock) {
      closed = true;
      writer.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The audit log " + files.log() + " was not closed cleanly", e);
    } finally {
      mutex.unlock();
    }
  }

  private AuditEntry entry(byte[] line) {
    return AuditJson.entry(new String(line, StandardCharsets.UTF_8))
        .orElseThrow(
            () ->
                new StoreUnavailableException(
                    "The audit log " + files.log() + " has a line that is no audit record"));
  }

  private static FileAuditLog open(AuditFiles files, WriterLock lock, LogFile.Opener opener)
      throws IOException {
    ChainCheck check = ChainCheck.of(files);
    check.problem().ifPresent(problem -> refuse(files, problem));
    if (check.torn().length > 0) {
      moveAside(files, check);
    }
    return new FileAuditLog(files, lock, ChainWriter.open(files, opener, check));
  }

  private static void refuse(AuditFiles files, ChainBreak problem) {
    throw new StoreUnavailableException(
        "The audit log %s is not what was written: line %d %s. Restore it, or keep it as evidence and give this server another directory as spark.sallyport.store"
            .formatted(files.log(), problem.line(), problem.problem()));
  }

  private static void moveAside(AuditFiles files, ChainCheck check) throws IOException {
    long line = check.chain().sequence() + 1;
    Path torn = files.unusedTornFile(line);
    PrivateFiles.file(torn);
    Files.write(torn, check.torn(), StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
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
