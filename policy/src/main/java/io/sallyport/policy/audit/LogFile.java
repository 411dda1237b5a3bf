package io.sallyport.policy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file that a log's lines go to. A thread's interrupt does not close it, as it would a channel.
 */
interface LogFile extends Closeable {

  /** Opens the file of a log, which is there. */
  @FunctionalInterface
  interface Opener {
    LogFile open(Path file) throws IOException;
  }

  /** Writes behind the last byte. When it fails, some of the bytes may be there. */
  void append(byte[] bytes) throws IOException;

  /** Waits until all that was written is on disk. */
  void sync() throws IOException;

  long length() throws IOException;

  /** Takes away what is behind so many bytes. */
  void cut(long bytes) throws IOException;

  /** Some bytes, as they are read. */
  byte[] read(long from, int count) throws IOException;

  /** A file on disk; never makes one, because a log that has gone is no empty log. */
  static LogFile onDisk(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString(), null, "the file has gone");
    }
    return new OnDisk(new RandomAccessFile(path.toFile(), "rw"));
  }

  /** See {@link #onDisk}. */
  record OnDisk(RandomAccessFile file) implements LogFile {

    @Override
    public void append(byte[] bytes) throws IOException {
      file.seek(file.length());
      file.write(bytes);
    }

    @Override
    public void sync() throws IOException {
      file.getFD().sync();
    }

    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public void cut(long bytes) throws IOException {
      file.setLength(bytes);
    }

    @Override
    public byte[] read(long from, int count) throws IOException {
      byte[] bytes = new byte[count];
      file.seek(from);
      file.readFully(bytes);
      return bytes;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
