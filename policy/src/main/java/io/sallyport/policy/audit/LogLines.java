package io.sallyport.policy.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The complete lines of a file, split at line feeds and nowhere else. */
final class LogLines implements Closeable {
  private final InputStream in;
  private long completeBytes;
  private byte[] torn = new byte[0];

  private LogLines(InputStream in) {
    this.in = in;
  }

  static LogLines of(Path file) throws IOException {
    return new LogLines(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  /** The bytes of the next complete line, without its line feed. */
  Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = in.read();
    while (read >= 0 && read != '\n') {
      line.write(read);
      read = in.read();
    }
    if (read < 0) {
      torn = line.toByteArray();
      return Optional.empty();
    }
    completeBytes += line.size() + 1L;
    return Optional.of(line.toByteArray());
  }

  /** How many bytes the lines that were read take. */
  long completeBytes() {
    return completeBytes;
  }

  /** What comes after the last line feed, once every line was read. */
  byte[] torn() {
    return torn.clone();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
