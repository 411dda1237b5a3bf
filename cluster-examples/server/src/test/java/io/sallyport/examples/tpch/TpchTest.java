package io.sallyport.examples.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.spark.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of TPC-H's queries where customers are the people is what docs/tpch.md says. */
class TpchTest {

  private static final Path PAGE = Path.of("../../docs/tpch.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- queries -->\n(.*?)<!-- end of queries -->", Pattern.DOTALL);
  private static final Pattern LIMIT =
      Pattern.compile("\\s+LIMIT \\d+\\s*$", Pattern.CASE_INSENSITIVE);
  private static final Pattern EXACT =
      Pattern.compile("<!-- exact -->\n(.*?)<!-- end of exact -->", Pattern.DOTALL);
  private static final double SCALE = 0.01;

  /** For few rows, compiling each query takes longer than the query. */
  private static final Map<String, String> INTERPRETING =
      Map.of(
          "spark.sql.codegen.wholeStage",
          "false",
          "spark.sql.codegen.factoryMode",
          "NO_CODEGEN",
          "spark.sql.shuffle.partitions",
          "1");

  @TempDir static Path directory;
  private static TpchPort port;

  @BeforeAll
  static void open() {
    TpchTables tables = new TpchTables(directory, SCALE);
    tables.write(INTERPRETING);
    port = TpchPort.open(tables, directory.resolve("store"), INTERPRETING);
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @Test
  void outcomes_areThoseOfThePage() throws IOException {
    StringBuilder table =
        new StringBuilder("| query | as it is | as asked here | what is different |\n");
    table.append("|---|---|---|---|\n");
    for (TpchQuery query : TpchQuery.all()) {
      table.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  query,
                  shown(port.outcome(query.original())),
                  shown(port.outcome(query.asked())),
                  query.changed()));
    }

    assertThat(TABLE.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)))
        .containsExactly(table.toString());
  }

  /** What becomes of the questions about customers where answers are exact, each group of ten. */
  @Test
  void exactOutcomes_areThoseOfThePage() throws IOException {
    StringBuilder table =
        new StringBuilder("| query | as it is | as asked here |\n|---|---|---|\n");
    noisy()
        .forEach(
            query ->
                table.append(
                    "| %s | %s | %s |\n"
                        .formatted(query, exactly(query.original()), exactly(query.asked()))));

    assertThat(EXACT.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)))
        .containsExactly(table.toString());
  }

  /** With all groups: those that are not shown leave room below a LIMIT for others. */
  private static String exactly(String query) {
    String sql = LIMIT.matcher(query).replaceFirst("");
    try {
      List<String> exact = port.exactly(sql).stream().map(TpchTest::rounded).toList();
      List<String> plain = port.plain(sql).stream().map(TpchTest::rounded).toList();
      boolean isWhole = exact.size() == plain.size();
      assertThat(plain).as(sql).containsAll(exact);
      return isWhole ? "exact" : "exact, %d of %d groups".formatted(exact.size(), plain.size());
    } catch (RefusedException e) {
      return "`" + e.refusal().code().name() + "`";
    }
  }

  private static String shown(String outcome) {
    return outcome.equals(outcome.toUpperCase(Locale.ROOT)) ? "`" + outcome + "`" : outcome;
  }

  @Test
  void declaredKeys_areAllThere() {
    List<Row> answer = port.governed(TpchQuery.all().get(0));

    assertThat(answer)
        .extracting(row -> row.getString(0) + row.getString(1))
        .containsExactly("AF", "AO", "NF", "NO", "RF", "RO");
  }

  @Test
  void keysOfFewCustomers_areNotShown_aboveAReleaseOfItsOwn() {
    TpchQuery globalSalesOpportunity = TpchQuery.all().get(21);

    assertThat(port.plain(globalSalesOpportunity.asked())).isNotEmpty();
    assertThat(port.governed(globalSalesOpportunity)).isEmpty();
  }

  @Test
  void oneNumber_isDrawnAnew() {
    TpchQuery forecast = TpchQuery.all().get(5);

    assertThat(port.governed(forecast)).hasSize(1).isNotEqualTo(port.governed(forecast));
  }

  static List<TpchQuery> noisy() {
    return TpchQuery.all().stream().filter(TpchQuery::isGoverned).toList();
  }

  @ParameterizedTest
  @MethodSource("noisy")
  void askedForm_isAnswered(TpchQuery query) {
    List<Row> answer = port.governed(query);

    if (query.keys() == 0) {
      assertThat(answer).hasSize(1);
    }
    assertThat(answer)
        .allSatisfy(
            row -> {
              assertThat(row.size()).isGreaterThan(query.keys());
              assertThat(keys(query, row)).doesNotContainNull();
            })
        .extracting(row -> keys(query, row))
        .doesNotHaveDuplicates();
  }

  private static List<Object> keys(TpchQuery query, Row row) {
    return IntStream.range(0, query.keys()).mapToObj(row::get).toList();
  }

  static List<TpchQuery> refused() {
    return TpchQuery.all().stream().filter(query -> onThePage(query).isPresent()).toList();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void originalForm_isRefused_withTheCodeOfThePage(TpchQuery query) {
    String code = onThePage(query).orElseThrow();

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.governedAsItIs(query))
        .satisfies(e -> assertThat(e.refusal().code().name()).isEqualTo(code));
  }

  /** The code of the refusal; empty for a query that is answered as it is. */
  private static Optional<String> onThePage(TpchQuery query) {
    String row = "| " + query + " | `";
    try {
      return TABLE
          .matcher(Files.readString(PAGE))
          .results()
          .flatMap(table -> table.group(1).lines())
          .filter(line -> line.startsWith(row))
          .map(line -> line.substring(row.length(), line.indexOf('`', row.length())))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<TpchQuery> ofPublicTables() {
    return TpchQuery.all().stream().filter(query -> !query.isGoverned()).toList();
  }

  @ParameterizedTest
  @MethodSource("ofPublicTables")
  void publicTables_areAnsweredExactly(TpchQuery query) {
    assertThat(port.governed(query)).isEqualTo(port.plain(query.asked()));
  }

  static List<TpchQuery> sameQuestion() {
    // Of the others the asked form says that it asks something else.
    List<Integer> different = List.of(3, 10, 15, 17, 18, 20, 21);
    return TpchQuery.all().stream().filter(q -> !different.contains(q.number())).toList();
  }

  @Tag("campaign")
  @ParameterizedTest
  @MethodSource("sameQuestion")
  void askedForm_isTheSameQuestion(TpchQuery query) {
    assertThat(sorted(port.plain(query.asked())))
        .usingRecursiveComparison()
        .isEqualTo(sorted(port.plain(query.original())));
  }

  private static List<String> sorted(List<Row> rows) {
    return rows.stream().map(TpchTest::rounded).sorted(Comparator.naturalOrder()).toList();
  }

  /** Sums of doubles depend on the order in which they are added. */
  private static String rounded(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      text.append(value instanceof Double d ? "%.6e".formatted(d) : value).append(' ');
    }
    return text.toString();
  }
}
