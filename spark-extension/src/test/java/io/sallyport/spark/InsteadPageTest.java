package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused as an exact answer, and what passes instead, is what docs/functions.md says. */
final class InsteadPageTest {

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(SELECT [^`]*)` \\| `([A-Z_]+)` \\| `(SELECT [^`]*)` \\|", Pattern.MULTILINE);

  /**
   * A row of the page's table.
   *
   * @param code of the refusal
   * @param instead what is answered
   */
  private record Instead(String refused, String code, String instead) {}

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory);
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  static List<Instead> rows() {
    try {
      String page = Files.readString(Path.of("../docs/functions.md"));
      return ROW.matcher(page).results().map(InsteadPageTest::row).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instead row(MatchResult found) {
    return new Instead(found.group(1), found.group(2), found.group(3));
  }

  @Test
  void pageHasItsTable() {
    assertThat(rows()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatIsRefused_hasSomethingThatPassesInstead(Instead row) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(row.refused()))
        .satisfies(e -> assertThat(e.refusal().code().name()).isEqualTo(row.code()));
    assertThat(port.sql(row.instead())).isNotEmpty();
  }
}
