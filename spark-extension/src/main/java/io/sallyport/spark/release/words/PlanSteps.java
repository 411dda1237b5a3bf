package io.sallyport.spark.release.words;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** The numbered steps of a plan, as one bounded text. */
public final class PlanSteps {

  /** No text is longer. */
  public static final int LONGEST = 8000;

  private static final int LONGEST_STEP = 3000;
  private static final String WARNING =
      "Attention: this question is too long to be told whole. What is missing is marked "
          + PlainText.CUT
          + "...].";

  private PlanSteps() {}

  /** The steps, one a line; when something had to be cut, the first line says so. */
  public static String of(LogicalPlan plan) {
    List<String> lines = new ArrayList<>();
    for (String step : Steps.of(plan)) {
      lines.add((lines.size() + 1) + ". " + PlainText.shortened(step, LONGEST_STEP));
    }
    String whole = String.join("\n", lines);
    boolean fits = whole.length() <= LONGEST - WARNING.length() - 1;
    String text = fits ? whole : fitted(lines);
    return text.contains(PlainText.CUT) ? WARNING + "\n" + text : text;
  }

  /** The first steps, as many as fit, and the last, which names the result. */
  private static String fitted(List<String> lines) {
    String last = lines.get(lines.size() - 1);
    int room = LONGEST - WARNING.length() - last.length() - 100;
    List<String> shown = new ArrayList<>();
    for (String line : lines.subList(0, lines.size() - 1)) {
      if (line.length() + 1 > room) {
        break;
      }
      shown.add(line);
      room -= line.length() + 1;
    }
    int missing = lines.size() - 1 - shown.size();
    shown.add(PlainText.CUT + missing + " more steps]");
    shown.add(last);
    return String.join("\n", shown);
  }
}
