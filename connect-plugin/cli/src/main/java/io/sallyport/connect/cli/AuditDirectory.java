package io.sallyport.connect.cli;

import io.sallyport.policy.audit.AuditVerifier;
import io.sallyport.policy.audit.ChainBreak;
import io.sallyport.policy.audit.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the record is: the directory itself, or the server's store with it inside. */
record AuditDirectory(Path path) {
  private static final String LOG = "audit.jsonl";

  /**
   * @throws ProblemException when there is no record
   */
  static AuditDirectory of(Path given) {
    for (Path candidate : new Path[] {given, given.resolve("audit")}) {
      if (Files.isRegularFile(candidate.resolve(LOG))) {
        return new AuditDirectory(candidate);
      }
    }
    throw new ProblemException(
        "There is no record (" + LOG + ") in " + given + "; it is in the folder audit of a store");
  }

  Path log() {
    return path.resolve(LOG);
  }

  /**
   * The first line that is not what was written.
   *
   * @param savedHead a copy of {@code audit.head} that was kept elsewhere
   * @throws ProblemException when the record cannot be read
   */
  Optional<ChainBreak> firstBreak(Optional<Path> savedHead) {
    try {
      return savedHead.isPresent()
          ? AuditVerifier.verify(path, savedHead.get())
          : AuditVerifier.verify(path);
    } catch (StoreUnavailableException e) {
      throw new ProblemException(e.getMessage());
    }
  }
}
