package io.sallyport.spark.artifact;

import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The key under which artifacts are sealed at rest: 256 bits, from a file that nobody but its owner
 * can read. Each file is sealed under a key of its own, derived from this one.
 */
public final class ArtifactKey {

  private static final Pattern CONTENT = Pattern.compile("[0-9a-fA-F]{64}\\R?");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] key;

  private ArtifactKey(byte[] key) {
    this.key = key;
  }

  /**
   * Reads a key: 64 hexadecimal digits, and nothing else but a line end.
   *
   * @throws StoreUnavailableException when there is no such file, when it holds no key, or when
   *     others than its owner can read or write it
   */
  public static ArtifactKey load(Path file) {
    try {
      requirePrivate(file);
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (!CONTENT.matcher(content).matches()) {
        throw new StoreUnavailableException(
            "The key file " + file + " holds no key; valid are 64 hexadecimal digits");
      }
      return new ArtifactKey(HexFormat.of().parseHex(content.substring(0, 64)));
    } catch (IOException e) {
      throw new StoreUnavailableException("The key file " + file + " cannot be read", e);
    }
  }

  /**
   * Reads a key, or makes a new one, that its owner alone can read, when there is no such file.
   *
   * @throws StoreUnavailableException when it can neither be read nor made
   */
  public static ArtifactKey loadOrMake(Path file) {
    if (!Files.exists(file)) {
      make(file);
    }
    return load(file);
  }

  /** The key for one file. */
  byte[] derive(byte[] salt, String purpose) {
    return Hkdf.derive(key, salt, purpose.getBytes(StandardCharsets.UTF_8));
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "ArtifactKey[***]";
  }

  private static void requirePrivate(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return; // a filesystem without modes
    }
    Set<PosixFilePermission> others = view.readAttributes().permissions();
    others.removeAll(
        EnumSet.range(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
    if (!others.isEmpty()) {
      throw new StoreUnavailableException(
          "Others than its owner can use the key file " + file + "; make it private: chmod 600");
    }
  }

  private static void make(Path file) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    byte[] line = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    Path directory = file.toAbsolutePath().getParent();
    try {
      PrivateFiles.made(directory);
      Path unfinished = Files.createTempFile(directory, "key", ".tmp");
      try {
        restrict(unfinished);
        writeThrough(unfinished, line);
        // Does not replace: of two that make a key at once, one wins and the other fails.
        Files.move(unfinished, file);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new StoreUnavailableException("The key file " + file + " cannot be made", e);
    }
  }

  private static void restrict(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(PosixFilePermissions.toString(OWNER_ONLY)));
    }
  }

  private static void writeThrough(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
