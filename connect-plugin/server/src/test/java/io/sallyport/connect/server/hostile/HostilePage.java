package io.sallyport.connect.server.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page {@code docs/hostile.md}: what was tried, and what became of it. */
final class HostilePage {

  private static final Path ROOT = Path.of("../..");
  private static final Path PAGE = ROOT.resolve("docs/hostile.md");
  private static final Path FOUND = Path.of("target/hostile.md");
  private static final Path TIMES = Path.of("target/hostile.tsv");

  private static final String HEAD =
      """
      # One hostile analyst

      What one admitted analyst may send to a server with a heap of 1 GiB, and what becomes of it. `HostileSuiteTest` starts the server in a JVM of its own, sends each line over raw gRPC, writes this page and fails where it says
      something else. After each line the heap is back within 1.2 times of what it was before, somebody else's question is answered, and the attacker is on record where there was something to record.

      **denied**: refused, and nothing ran. **bounded**: answered or cut off within the bound that is named. **bypassed**: it got what it was after. **killed**: the server is gone. Ids are those of the catalogue of
      attacks: A identities and calls, C channels beside the answer, D failures and time, I work, L load; `14.n` is row n of the issue's table, `F` what an attacker found later.

      | id | what is sent | result | by |
      |---|---|---|---|
      """;

  private static final String ELSEWHERE =
      """

      ## Held by other tests
      Attacks that need a store, an owner, a crash or noise, and are tried where these are at hand.

      | id | attack | test |
      |---|---|---|
      """;

  private static final String REST =
      """

      ## Not held
      D10, D12, D13, D15 and C25, how long an answer takes, and so how much was read: outside the promise ([threats.md](threats.md#residual-risks-published-rather-than-hidden)).
      """;

  /** Attack and test, in the order of the page. */
  private static final Map<String, List<String>> TESTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "C22", List.of("names of hidden columns in suggestions", "EgressAttackTest")),
              Map.entry("D17", List.of("what an executor's loss makes of noise", "ManyGroupsTest")),
              Map.entry("H05", List.of("cancelled for a refund", "NoiseOverConnectTest")),
              Map.entry("H06", List.of("failed for a refund", "FailuresTest")),
              Map.entry("H17", List.of("an approval used again", "ApprovalTest")),
              Map.entry("I06", List.of("local relations, each kind of column", "LocalRowsTest"))));

  private HostilePage() {}

  /** The page of these lines. */
  static String of(List<String> lines) {
    StringBuilder page = new StringBuilder(HEAD);
    lines.forEach(line -> page.append(line).append('\n'));
    page.append(ELSEWHERE);
    TESTS.forEach(
        (id, attack) ->
            page.append("| %s | %s | `%s` |%n".formatted(id, attack.get(0), attack.get(1))));
    return page.append(REST).toString();
  }

  static List<String> testsThatAreNamed() {
    return TESTS.values().stream().map(attack -> attack.get(1)).toList();
  }

  /** A line of the first table. */
  static String line(Attack attack, Result result) {
    return "| %s | %s | %s | %s |"
        .formatted(attack.id(), attack.what(), result.verdict(), result.how());
  }

  /** Leaves what was found, and how long it took, where builds leave things. */
  static void leave(String found, List<String> times) {
    try {
      Files.createDirectories(FOUND.getParent());
      Files.writeString(FOUND, found);
      Files.write(TIMES, times);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page as it is in the repository. */
  static String committed() {
    try {
      return Files.exists(PAGE) ? Files.readString(PAGE) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
