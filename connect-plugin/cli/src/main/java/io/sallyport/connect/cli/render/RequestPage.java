package io.sallyport.connect.cli.render;

import io.sallyport.connect.cli.server.Answer;
import java.time.Instant;
import java.util.Map;

/** One request, as its owner reads it before deciding. */
public final class RequestPage {
  private static final String INDENT = "  ";

  private final Terminal terminal;
  private final Instant now;

  public RequestPage(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  /** All that the request says; {@code fields} are the columns of {@code sallyport.requests}. */
  public void print(Map<String, String> fields) {
    String state = SafeText.line(field(fields, "state"));
    terminal.line(
        terminal.strong("Request " + SafeText.line(field(fields, "request"))) + "  " + state);
    detail("asked by", SafeText.line(field(fields, "principal")));
    detail("filed", When.of(field(fields, "filed_at"), now));
    detail("expires", When.of(field(fields, "expires_at"), now));
    detail("frames", SafeText.line(field(fields, "frames")));
    detail("needs", SafeText.line(field(fields, "votes_missing")));
    detail("decided", SafeText.line(field(fields, "reason")));
    text("Why", field(fields, "justification"), "no reason was given");
    text("What the question does", field(fields, "plan"), field(fields, "question"));
    text("Why you are asked", field(fields, "grounds"), "no ground was given");
    section("On how many people each row rests");
    EvidenceText.lines(field(fields, "evidence"), terminal.width()).forEach(terminal::line);
    text(
        "What " + SafeText.line(field(fields, "principal")) + " already got from these frames",
        field(fields, "earlier"),
        "nothing");
    text("Votes", field(fields, "votes"), "none yet");
  }

  /**
   * The exact rows that would leave, no cell cut; the answer holds one row more than is shown if
   * there are more.
   *
   * @param total how many rows there are in all, where the server says so
   */
  public void preview(Answer rows, int most, String total) {
    section("The exact result, as it would leave");
    boolean isCut = rows.rows().size() > most;
    Answer shown = isCut ? new Answer(rows.columns(), rows.rows().subList(0, most)) : rows;
    WholeTable.lines(shown, terminal.width() - INDENT.length())
        .forEach(line -> terminal.line(INDENT + line));
    String all = total.matches("[0-9]+") ? " of " + total + " in all" : "; there are more";
    String count =
        isCut
            ? "the first " + most + " rows" + all + "; --rows N shows more"
            : count(rows.rows().size());
    terminal.line(INDENT + terminal.faint("(" + count + ")"));
  }

  /** Why the rows cannot be shown. */
  public void noPreview(String problem) {
    text("The exact result, as it would leave", "It is not shown: " + problem, "");
  }

  /** How to decide, for a request that is open. */
  public void decide(String id, String state) {
    if (!state.equals("PENDING")) {
      return;
    }
    section("Decide");
    terminal.line(INDENT + "sallyport approve " + id + " --comment \"...\"");
    terminal.line(INDENT + "sallyport reject " + id + " --reason \"...\"");
    terminal.line(
        INDENT + terminal.faint("or ask back: sallyport return " + id + " --comment \"...\""));
  }

  private void text(String title, String text, String otherwise) {
    section(title);
    String shown = text.isBlank() ? otherwise : text;
    Paragraph.lines(shown, INDENT, terminal.width()).forEach(terminal::line);
  }

  private void section(String title) {
    terminal.line("");
    terminal.line(terminal.strong(title));
  }

  private void detail(String name, String value) {
    if (!value.isBlank()) {
      terminal.line(INDENT + String.format("%-10s", name) + SafeText.cut(value, 1000));
    }
  }

  private static String count(int rows) {
    return rows == 1 ? "1 row" : rows + " rows";
  }

  private static String field(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }
}
