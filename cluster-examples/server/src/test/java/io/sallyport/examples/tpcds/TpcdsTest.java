package io.sallyport.examples.tpcds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of TPC-DS's queries where customers are the people is what docs/tpcds.md says. */
class TpcdsTest {

  private static final Path PAGE = Path.of("../../docs/tpcds.md");
  private static final Path WRITTEN = Path.of("target/tpcds/verdicts.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- queries -->\n(.*?)<!-- end of queries -->", Pattern.DOTALL);

  /** Of several kinds of verdict, those that are soon done. */
  private static final List<String> SLICE =
      List.of("3", "6", "16", "20", "22", "34", "42", "52", "55", "70");

  /** For few rows, compiling and planning anew take longer than the query. */
  private static final Map<String, String> FEW_ROWS =
      Map.of(
          "spark.sql.adaptive.enabled",
          "false",
          "spark.sql.codegen.wholeStage",
          "false",
          "spark.sql.codegen.factoryMode",
          "NO_CODEGEN",
          "spark.sql.shuffle.partitions",
          "1");

  @TempDir static Path stores;
  private static TpcdsSource source;
  private static Map<String, Path> folders;

  @BeforeAll
  static void write() {
    source = TpcdsSource.read();
    TpcdsTables tables = new TpcdsTables(Path.of("target/tpcds/parquet"));
    tables.write(source, FEW_ROWS);
    folders = tables.folders(source);
  }

  @Test
  void verdictsOfSome_areThoseOfThePage() throws IOException {
    List<String> lines = verdicts("some", SLICE);

    assertThat(onThePage().lines()).containsAll(lines);
  }

  @Tag("campaign")
  @Test
  void verdicts_areThoseOfThePage() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| query | `true` | `aggregation(10)` |");
    lines.add("|---|---|---|");
    lines.addAll(verdicts("all", source.texts().keySet()));
    String table = String.join("\n", lines) + "\n";
    Files.writeString(WRITTEN, table);

    assertThat(onThePage()).isEqualTo(table);
  }

  private static String onThePage() throws IOException {
    return TABLE
        .matcher(Files.readString(PAGE))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  /** A line of the page for each query. */
  private static List<String> verdicts(String store, Collection<String> queries) {
    Map<String, String> open = verdicts(store, "true", queries);
    Map<String, String> exact = verdicts(store, "aggregation(10)", queries);
    return queries.stream()
        .map(query -> "| %s | %s | %s |".formatted(query, open.get(query), exact.get(query)))
        .toList();
  }

  private static Map<String, String> verdicts(
      String store, String rule, Collection<String> queries) {
    Path directory = stores.resolve(store + " " + rule.replaceAll("\\W", ""));
    Map<String, String> verdicts = new TreeMap<>();
    try (TpcdsPort port = TpcdsPort.open(folders, directory, rule, FEW_ROWS)) {
      queries.forEach(query -> verdicts.put(query, port.verdict(source.texts().get(query))));
    }
    return verdicts;
  }
}
