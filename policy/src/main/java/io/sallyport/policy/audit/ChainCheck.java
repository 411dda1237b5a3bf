package io.sallyport.policy.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;

/** One walk over a whole log: each line must be, byte for byte, the one that the chain demands. */
final class ChainCheck {
  private static final String SAVED = "the saved head";

  private final Optional<HashChain> head;
  private final Optional<HashChain> saved;
  private HashChain chain = HashChain.start();
  private Optional<ChainBreak> problem = Optional.empty();
  private long completeBytes;
  private int newestLine;
  private byte[] torn = new byte[0];

  private ChainCheck(Optional<HashChain> head, Optional<HashChain> saved) {
    this.head = head;
    this.saved = saved;
  }

  /** The head is read first: the log may grow meanwhile, but never shrinks. */
  static ChainCheck of(AuditFiles files) throws IOException {
    return of(files, Optional.empty());
  }

  /**
   * The same, and the log must still hold what a head said that was saved elsewhere.
   *
   * @param saved which record was once the newest
   */
  static ChainCheck of(AuditFiles files, Optional<HashChain> saved) throws IOException {
    ChainCheck check = new ChainCheck(ChainHead.read(files.head()), saved);
    if (Files.exists(files.log())) {
      check.walk(files);
    }
    check.compareWithHead();
    return check;
  }

  Optional<ChainBreak> problem() {
    return problem;
  }

  HashChain chain() {
    return chain;
  }

  long completeBytes() {
    return completeBytes;
  }

  /** How many bytes the newest line takes, with its line feed; 0 when there is none. */
  int newestLine() {
    return newestLine;
  }

  byte[] torn() {
    return torn.clone();
  }

  private void walk(AuditFiles files) throws IOException {
    try (LogLines lines = LogLines.of(files.log())) {
      Optional<byte[]> line = lines.next();
      while (line.isPresent() && problem.isEmpty()) {
        step(line.get());
        line = lines.next();
      }
      completeBytes = lines.completeBytes();
      torn = lines.torn();
    }
  }

  private void step(byte[] line) {
    Optional<AuditEntry> found = AuditJson.entry(new String(line, StandardCharsets.UTF_8));
    if (found.isEmpty()) {
      fail("is no audit record");
      return;
    }
    AuditEntry expected = chain.next(found.get().record());
    if (found.get().sequence() != expected.sequence()) {
      fail(
          "has number %d where %d was expected: records were removed, added or moved"
              .formatted(found.get().sequence(), expected.sequence()));
    } else if (!found.get().previousHash().equals(expected.previousHash())) {
      fail("does not follow the record before it: records were changed, removed or moved");
    } else if (!isWritten(line, AuditJson.line(expected))
        && !isWritten(line, AuditJson.plainLine(expected))) {
      fail("was changed: its content does not have its hash");
    } else {
      chain = chain.after(expected);
      newestLine = line.length + 1;
      compareHash(head, "audit.head");
      compareHash(saved, SAVED);
    }
  }

  private static boolean isWritten(byte[] line, String expected) {
    return Arrays.equals(line, expected.getBytes(StandardCharsets.UTF_8));
  }

  private void compareHash(Optional<HashChain> known, String where) {
    boolean isHere = known.filter(link -> link.sequence() == chain.sequence()).isPresent();
    if (isHere && problem.isEmpty() && !known.get().equals(chain)) {
      problem =
          Optional.of(
              new ChainBreak(
                  chain.sequence(),
                  "is not the record that " + where + " names: the log was rewritten"));
    }
  }

  private void compareWithHead() {
    if (problem.isPresent()) {
      return;
    }
    if (head.isEmpty() && chain.sequence() > 0) {
      fail("may be missing: audit.head is gone or damaged, so nobody can tell where the log ends");
    } else if (head.isPresent() && head.get().sequence() > chain.sequence()) {
      fail("is missing: the log once ended at record " + head.get().sequence());
    } else if (saved.isPresent() && saved.get().sequence() > chain.sequence()) {
      fail("is missing: %s names record %d".formatted(SAVED, saved.get().sequence()));
    }
  }

  private void fail(String text) {
    problem = Optional.of(new ChainBreak(chain.sequence() + 1, text));
  }
}
