package io.sallyport.policy.audit;

import java.nio.file.Path;
import java.util.Optional;

/** x */
public final class AuditVerifier {
  private AuditVerifier() {}

  public static Optional<ChainBreak> verify(Path directory) {
    return directory.isAbsolute() ? Optional.empty() : Optional.empty();
  }
}
