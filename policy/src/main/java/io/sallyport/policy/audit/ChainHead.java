package io.sallyport.policy.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that names the newest record. It is written after the record is safe and is not flushed
 * itself, so after a crash it may be behind the log, but never ahead of it.
 */
final class ChainHead implements Closeable {
  private static final Pattern CONTENT = Pattern.compile("([0-9]{19}) ([0-9a-f]{64})\n");

  private final RandomAccessFile file;

  private ChainHead(RandomAccessFile file) {
    this.file = file;
  }

  static ChainHead open(Path path) throws IOException {
    return new ChainHead(new RandomAccessFile(path.toFile(), "rw"));
  }

  /** What the file says, or nothing when it is not there or says nothing. */
  static Optional<HashChain> read(Path path) throws IOException {
    try {
      Matcher content = CONTENT.matcher(Files.readString(path, StandardCharsets.ISO_8859_1));
      return content.matches()
          ? Optional.of(new HashChain(Long.parseLong(content.group(1)), content.group(2)))
          : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Always as many bytes, in one write, so that there is never half an old head. */
  void write(HashChain chain) throws IOException {
    String content = String.format(Locale.ROOT, "%019d %s\n", chain.sequence(), chain.hash());
    file.seek(0);
    file.write(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
