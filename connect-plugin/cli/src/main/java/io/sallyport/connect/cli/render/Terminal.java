package io.sallyport.connect.cli.render;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Where pages go.
 *
 * @param out for what was asked
 * @param err for problems
 * @param colours whether emphasis is shown by colours
 * @param width how many characters a line should have at most
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean colours, int width) {
  private static final int USUAL_WIDTH = 100;

  public Terminal {
    requireNonNull(out, "out");
    requireNonNull(err, "err");
    if (width < 40) {
      throw new IllegalArgumentException("A width must be at least 40. Provided value: " + width);
    }
  }

  /**
   * Colours for people at a terminal only, which the script that starts this program tells in
   * SALLYPORT_TERMINAL, and not when NO_COLOR is set.
   */
  public static Terminal of(PrintWriter out, PrintWriter err, Map<String, String> environment) {
    boolean colours =
        environment.getOrDefault("SALLYPORT_TERMINAL", "").equals("yes")
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    String columns = environment.getOrDefault("COLUMNS", "");
    int width = columns.matches("[0-9]{2,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    return new Terminal(out, err, colours, Math.max(60, width));
  }

  /** Text that stands out. */
  public String strong(String text) {
    return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /** Text that stays back. */
  public String faint(String text) {
    return colours ? "\u001b[2m" + text + "\u001b[0m" : text;
  }

  /** Text that warns. */
  public String warning(String text) {
    return colours ? "\u001b[31m" + text + "\u001b[0m" : text;
  }

  /** A line of ours; texts of others in it must be safe already. */
  public void line(String text) {
    out.println(text);
  }
}
