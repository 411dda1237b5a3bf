package io.sallyport.policy.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;

/** One walk over a whole log: each line must be, byte for byte, the one that the chain demands. */
final class ChainCheck {
  private final Optional<HashChain> head;
  private HashChain chain = HashChain.start();
  private Optional<ChainBreak> problem = Optional.empty();
  private long completeBytes;
  private byte[] torn = new byte[0];

  private ChainCheck(Optional<HashChain> head) {
    this.head = head;
  }

  /** The head is read first: the log may grow meanwhile, but never shrinks. */
  static ChainCheck of(AuditFiles files) throws IOException {
    ChainCheck check = new ChainCheck(ChainHead.read(files.head()));
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
      if (head.isPresent() && head.get().sequence() == chain.sequence()) {
        compareHash(head.get());
      }
    }
  }

  private static boolean isWritten(byte[] line, String expected) {
    return Arrays.equals(line, expected.getBytes(StandardCharsets.UTF_8));
  }

  private void compareHash(HashChain known) {
    if (!known.equals(chain)) {
      problem =
          Optional.of(
              new ChainBreak(
                  chain.sequence(),
                  "is not the record that audit.head names: the log was rewritten"));
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
    }
  }

  private void fail(String text) {
    problem = Optional.of(new ChainBreak(chain.sequence() + 1, text));
  }
}
