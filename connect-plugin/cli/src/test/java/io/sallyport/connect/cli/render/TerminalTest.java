package io.sallyport.connect.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.connect.cli.server.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines that fit, and colours where somebody sees them. */
final class TerminalTest {

  @Test
  void colours_needATerminalThatHasSome() {
    assertThat(colours(Map.of("SALLYPORT_TERMINAL", "yes", "TERM", "xterm"))).isTrue();
    assertThat(colours(Map.of("TERM", "xterm"))).isFalse();
    assertThat(colours(Map.of("SALLYPORT_TERMINAL", "yes", "TERM", "dumb"))).isFalse();
    assertThat(colours(Map.of("SALLYPORT_TERMINAL", "yes"))).isFalse();
    assertThat(colours(Map.of("SALLYPORT_TERMINAL", "yes", "TERM", "xterm", "NO_COLOR", "1")))
        .isFalse();
  }

  @Test
  void width_isThatOfTheTerminal_whenItIsSensible() {
    assertThat(terminal(Map.of("COLUMNS", "132")).width()).isEqualTo(132);
    assertThat(terminal(Map.of("COLUMNS", "10")).width()).isEqualTo(60);
    assertThat(terminal(Map.of("COLUMNS", "9999999999")).width()).isEqualTo(100);
    assertThat(terminal(Map.of()).width()).isEqualTo(100);
  }

  @Test
  void table_cutsTheWidestColumnsFirst() {
    List<String> lines =
        TextTable.lines(
            new Answer(List.of("id", "text"), List.of(List.of("1", "x".repeat(300)))), 40);
    assertThat(lines).hasSize(3).allMatch(line -> line.length() <= 40);
    assertThat(lines.get(2)).startsWith("1   xxx").endsWith("\u2026");
  }

  @Test
  void paragraph_wrapsAtSpaces_andKeepsEveryWord() {
    String text = "Keep the rows where ward is 'A' and days is more than three. ".repeat(4);
    List<String> lines = Paragraph.lines(text, "  ", 50);
    assertThat(lines).hasSizeGreaterThan(4).allMatch(line -> line.length() <= 50);
    assertThat(String.join(" ", lines.stream().map(String::strip).toList()))
        .isEqualTo(text.strip());
    assertThat(Paragraph.lines("y".repeat(300), "  ", 50)).hasSize(1);
  }

  private static boolean colours(Map<String, String> environment) {
    return terminal(environment).colours();
  }

  private static Terminal terminal(Map<String, String> environment) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Terminal.of(nowhere, nowhere, environment);
  }
}
