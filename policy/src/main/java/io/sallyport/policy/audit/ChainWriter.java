package io.sallyport.policy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a log's next lines, from the end that is known to be on disk. Not safe for threads.
 *
 * <p>What was acknowledged was forced to disk, so an error later cannot take it away again; what is
 * behind it was acknowledged to nobody. After an error the file is opened anew, what is behind the
 * known end is cut off, and the known end must be where it was.
 */
final class ChainWriter implements Closeable {

  /** As long as most lines are: where so much can be written, the next record can be. */
  private static final byte[] TRIAL = trial();

  private final AuditFiles files;
  private final LogFile.Opener opener;
  private LogFile log;
  private ChainHead head;
  private HashChain chain;
  private long end;
  private int newestLine;

  private ChainWriter(AuditFiles files, LogFile.Opener opener, ChainCheck check)
      throws IOException {
    this.files = files;
    this.opener = opener;
    this.chain = check.chain();
    this.end = check.completeBytes();
    this.newestLine = check.newestLine();
    open();
  }

  /** A writer behind the end of a log that was checked. */
  static ChainWriter open(AuditFiles files, LogFile.Opener opener, ChainCheck check)
      throws IOException {
    ChainWriter writer = new ChainWriter(files, opener, check);
    try {
      writer.head.write(writer.chain);
      writer.head.sync();
      files.syncDirectory();
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  /** Writes one record; it is on disk, and the head names it, when this returns. */
  void append(AuditRecord record) throws IOException {
    AuditEntry entry = chain.next(record);
    byte[] line = (AuditJson.line(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    log.append(line);
    log.sync();
    chain = chain.after(entry);
    end += line.length;
    newestLine = line.length;
    head.write(chain);
  }

  /**
   * Starts over after an error.
   *
   * @throws IOException when nothing can be written yet, or the known end is not there
   */
  void restart() throws IOException {
    close();
    open();
    requireKnownEnd();
    log.cut(end);
    log.append(TRIAL);
    log.sync();
    log.cut(end);
    log.sync();
    head.write(chain);
    head.sync();
  }

  private void open() throws IOException {
    log = opener.open(files.log());
    try {
      head = ChainHead.open(files.head());
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  /** Another disk, or an old copy, in the place of the log would end it somewhere else. */
  private void requireKnownEnd() throws IOException {
    if (log.length() < end) {
      throw new IOException("the file is shorter than it was: what was recorded is missing");
    }
    if (newestLine > 0 && !endsWithNewest(log.read(end - newestLine, newestLine))) {
      throw new IOException("the file does not end with the newest record");
    }
  }

  private boolean endsWithNewest(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    return text.endsWith("\n")
        && AuditJson.entry(text.substring(0, text.length() - 1))
            .filter(entry -> entry.sequence() == chain.sequence())
            .filter(entry -> entry.hash().equals(chain.hash()))
            .isPresent();
  }

  @Override
  public void close() throws IOException {
    try {
      log.close();
    } finally {
      head.close();
    }
  }

  private static byte[] trial() {
    byte[] trial = new byte[8 * 1024];
    Arrays.fill(trial, (byte) ' ');
    return trial;
  }
}
