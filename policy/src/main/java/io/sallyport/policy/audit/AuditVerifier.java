package io.sallyport.policy.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks that an audit log is what was written.
 *
 * <p>Guarantee: a record that was changed, removed (the newest too), added or moved is found, as
 * long as not every later record and the file {@code audit.head} were made anew to fit. To find
 * that as well, keep a copy of {@code audit.head} where nobody who can write the log can write, and
 * have it compared. Reads only; a server may be writing meanwhile.
 */
public final class AuditVerifier {
  private AuditVerifier() {}

  /**
   * The first line that does not fit, or none when the whole log is what was written.
   *
   * @param directory the directory that {@link FileAuditLog#open} was given
   * @throws StoreUnavailableException when there is no log, or it cannot be read
   */
  public static Optional<ChainBreak> verify(Path directory) {
    return verify(directory, files -> ChainCheck.of(files).problem());
  }

  /**
   * The same, and the log must hold the record that a saved copy of {@code audit.head} names.
   *
   * @throws StoreUnavailableException when the copy says nothing, too
   */
  public static Optional<ChainBreak> verify(Path directory, Path savedHead) {
    return verify(
        directory,
        files -> {
          Optional<HashChain> saved = ChainHead.read(savedHead);
          if (saved.isEmpty()) {
            throw new StoreUnavailableException(
                savedHead + " is not there, or is no copy of an audit.head");
          }
          return ChainCheck.of(files, saved).problem();
        });
  }

  private interface Check {
    Optional<ChainBreak> of(AuditFiles files) throws IOException;
  }

  private static Optional<ChainBreak> verify(Path directory, Check check) {
    AuditFiles files = new AuditFiles(directory);
    if (!Files.isRegularFile(files.log())) {
      throw new StoreUnavailableException("There is no audit log " + files.log());
    }
    try {
      return check.of(files);
    } catch (IOException e) {
      throw new StoreUnavailableException("The audit log " + files.log() + " cannot be read", e);
    }
  }
}
