package io.sallyport.spark.artifact;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files of artifacts, one each, in a directory of a Hadoop filesystem.
 *
 * <p>Guarantees: an artifact is there whole or not at all, is never overwritten, and is on disk
 * when {@link #write} returns; it was read back and compared before it got its name. A file that is
 * not bit for bit what was written, under this key and for this id, is never read, not even in
 * part. Safe for threads.
 */
public final class ArtifactFiles {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
  private static final Pattern FINISHED = Pattern.compile("(" + ID + ")\\.artifact");
  private static final Pattern UNFINISHED = Pattern.compile("\\." + ID + "\\.[0-9a-f-]{36}\\.tmp");
  private static final int BUFFER = 1 << 16;

  private final Directory directory;
  private final ArtifactKey key;
  private final ResultNames names;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param directoryUri where the files are, made when it is not there
   * @throws StoreUnavailableException when the directory can be neither found nor made
   */
  public ArtifactFiles(String directoryUri, Configuration configuration, ArtifactKey key) {
    this.key = requireNonNull(key, "key");
    this.names = new ResultNames(key);
    this.directory = Directory.open(directoryUri, configuration);
  }

  /** How results are named under this key. */
  public ResultNames names() {
    return names;
  }

  /**
   * Stores an artifact.
   *
   * @throws IllegalArgumentException when the id is none or exists, or when the content has a type
   *     or value that does not come back from storage as it was
   * @throws StoreUnavailableException when it is not certain that it is stored
   */
  public StoredBytes write(String artifactId, ArtifactContent content) {
    Path file = file(artifactId);
    String name = names.of(content.digest());
    Path unfinished = directory.child("." + artifactId + "." + UUID.randomUUID() + ".tmp");
    try {
      requireNew(artifactId, file);
      try {
        seal(artifactId, content, unfinished);
        requireSame(artifactId, content, unfinished);
        publish(artifactId, unfinished, file);
      } finally {
        directory.files().delete(unfinished, false);
      }
      return new StoredBytes(artifactId, name, directory.files().getFileStatus(file).getLen());
    } catch (IOException e) {
      throw directory.unavailable("cannot be written", e);
    }
  }

  /**
   * Reads a whole artifact.
   *
   * @param resultHash what {@link #write} answered; the file alone does not vouch for itself
   * @throws CorruptArtifactException when it is missing or not what was written
   * @throws StoreUnavailableException when the directory cannot be read
   */
  public ArtifactContent read(String artifactId, String resultHash) {
    return read(artifactId, resultHash, schema -> RowSink.inMemory());
  }

  /** The same, where rows may be too many for the heap. */
  public ArtifactContent read(String artifactId, String resultHash, RowSink.Maker sinks) {
    ArtifactContent content = open(artifactId, file(artifactId), sinks);
    if (!names.of(content.digest()).equals(resultHash)) {
      throw new CorruptArtifactException(artifactId, "is not the result that was recorded");
    }
    return content;
  }

  /**
   * Removes an artifact, when it is there.
   *
   * @throws StoreUnavailableException when it may still be there
   */
  public void delete(String artifactId) {
    Path file = file(artifactId);
    try {
      if (!directory.files().delete(file, false) && directory.files().exists(file)) {
        throw new IOException("The filesystem did not delete " + file);
      }
    } catch (IOException e) {
      throw directory.unavailable("cannot be written", e);
    }
  }

  /** Whether there is a file of that id; it may be corrupt. */
  public boolean exists(String artifactId) {
    Path file = file(artifactId);
    try {
      return directory.files().exists(file);
    } catch (IOException e) {
      throw directory.unavailable("cannot be read", e);
    }
  }

  /** The ids of all files, sorted: what no record names is an orphan. */
  public List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (FileStatus status : directory.list()) {
      Matcher name = FINISHED.matcher(status.getPath().getName());
      if (name.matches()) {
        ids.add(name.group(1));
      }
    }
    return ids.stream().sorted().toList();
  }

  /**
   * Removes what crashes left behind before it had a name.
   *
   * @param atLeast how old a file must be: longer than any write takes
   * @return how many files were removed
   */
  public int sweep(Duration atLeast) {
    long newest = System.currentTimeMillis() - atLeast.toMillis();
    int swept = 0;
    try {
      for (FileStatus status : directory.list()) {
        boolean isUnfinished = UNFINISHED.matcher(status.getPath().getName()).matches();
        if (isUnfinished && status.getModificationTime() <= newest) {
          swept += directory.files().delete(status.getPath(), false) ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw directory.unavailable("cannot be written", e);
    }
    return swept;
  }

  private Path file(String artifactId) {
    if (!ID.matcher(artifactId).matches()) {
      throw new IllegalArgumentException(
          "An artifact's id is up to 128 letters, digits, '-' and '_', and starts with one of the"
              + " first two");
    }
    return directory.child(artifactId + ".artifact");
  }

  private void requireNew(String artifactId, Path file) throws IOException {
    if (directory.files().exists(file)) {
      throw new IllegalArgumentException("Artifact " + artifactId + " exists and is immutable");
    }
  }

  private void seal(String artifactId, ArtifactContent content, Path file) throws IOException {
    byte[] salt = new byte[Envelope.SALT];
    random.nextBytes(salt);
    directory.write(
        file,
        out -> {
          SealingStream sealing = new SealingStream(Envelope.sealing(key, artifactId, salt), out);
          encode(content, sealing);
          sealing.finish();
        });
  }

  private static void encode(ArtifactContent content, SealingStream out) throws IOException {
    try {
      ContentFormat.write(content, out);
    } catch (RuntimeException e) {
      throw unstorable(content, e);
    }
  }

  /** Nothing is recorded or approved that could not be shown later exactly as it is now. */
  private void requireSame(String artifactId, ArtifactContent content, Path file) {
    SameRows rows = new SameRows(content.rows());
    ArtifactContent stored = open(artifactId, file, schema -> rows);
    if (!rows.areSame() || !stored.equals(content)) {
      throw unstorable(content, null);
    }
  }

  private static IllegalArgumentException unstorable(
      ArtifactContent content, RuntimeException cause) {
    return new IllegalArgumentException(
        "A result of type "
            + content.schema().catalogString()
            + " holds a type or value that would not come back from storage as it is",
        cause);
  }

  /** One at a time: some filesystems replace silently what is there. */
  private synchronized void publish(String artifactId, Path unfinished, Path file)
      throws IOException {
    requireNew(artifactId, file);
    if (!directory.files().rename(unfinished, file)) {
      throw new IOException("The filesystem did not rename " + unfinished);
    }
    directory.sync();
  }

  private ArtifactContent open(String artifactId, Path file, RowSink.Maker sinks) {
    try (FSDataInputStream in = directory.files().open(file, BUFFER)) {
      return decode(artifactId, new OpeningStream(key, artifactId, in), sinks);
    } catch (FileNotFoundException e) {
      throw new CorruptArtifactException(artifactId, "is missing", e);
    } catch (UncheckedIOException e) {
      throw directory.unavailable("cannot be read", e.getCause());
    } catch (IOException e) {
      throw directory.unavailable("cannot be read", e);
    }
  }

  private static ArtifactContent decode(String artifactId, OpeningStream in, RowSink.Maker sinks) {
    try {
      return ContentFormat.read(in, sinks);
    } catch (CorruptArtifactException | UncheckedIOException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new CorruptArtifactException(artifactId, "cannot be decoded", e);
    }
  }
}
