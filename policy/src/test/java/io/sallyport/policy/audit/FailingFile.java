package io.sallyport.policy.audit;

import java.io.IOException;
import java.util.Arrays;

/**
 * A log's file on a disk that takes only so many more bytes, and then none: what fits of a line is
 * there all the same. Everything else reaches the real file.
 */
final class FailingFile implements LogFile {

  /** The weather, which the test makes. */
  static final class Disk {
    long free = Long.MAX_VALUE;
    boolean syncs = true;
    int openings;

    LogFile open(java.nio.file.Path path) throws IOException {
      openings++;
      return new FailingFile(LogFile.onDisk(path), this);
    }
  }

  private final LogFile file;
  private final Disk disk;

  private FailingFile(LogFile file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  @Override
  public void append(byte[] bytes) throws IOException {
    int fits = (int) Math.min(bytes.length, disk.free);
    file.append(Arrays.copyOf(bytes, fits));
    if (fits < bytes.length) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public void sync() throws IOException {
    if (!disk.syncs) {
      throw new IOException("Input/output error");
    }
    file.sync();
  }

  @Override
  public long length() throws IOException {
    return file.length();
  }

  @Override
  public void cut(long bytes) throws IOException {
    file.cut(bytes);
  }

  @Override
  public byte[] read(long from, int count) throws IOException {
    return file.read(from, count);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
