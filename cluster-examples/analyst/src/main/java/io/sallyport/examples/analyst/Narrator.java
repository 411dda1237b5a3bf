package io.sallyport.examples.analyst;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs questions, tells in plain words what came of each, and remembers what was unexpected. */
final class Narrator {

  /** What a client does to ask; Spark's exceptions are not declared in Scala. */
  @FunctionalInterface
  interface Question {
    void ask() throws Exception;
  }

  private static final int MOST_ROWS = 15;

  private final PrintStream out;
  private final List<String> surprises = new ArrayList<>();
  private int released;
  private int refused;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    out.printf("%n%s%n%s%n", title, "=".repeat(title.length()));
  }

  /** This must be answered, and with that many rows. */
  void released(String what, int rows, Dataset<Row> answer) {
    out.printf("%n[released] %s%n", what);
    try {
      int found = answer.collectAsList().size();
      if (found == rows) {
        released++;
        answer.show(MOST_ROWS, false);
      } else {
        surprise(what, "expected " + rows + " rows, got " + found);
      }
    } catch (Exception e) { // Spark's own exceptions are checked, and Scala does not declare them
      surprise(what, "expected an answer, got: " + e.getMessage());
    }
  }

  /** These rows must be that many. */
  void answered(String what, int rows, List<Row> answer) {
    out.printf("%n[released] %s%n", what);
    answer.stream().limit(MOST_ROWS).forEach(row -> out.println("    " + row.mkString(" | ")));
    if (answer.size() == rows) {
      released++;
    } else {
      surprise(what, "expected " + rows + " rows, got " + answer.size());
    }
  }

  /** This must end with that exception, whose text is told. */
  void happens(String what, Class<? extends Exception> expected, Question question) {
    out.printf("%n[refused] %s%n", what);
    try {
      question.ask();
      surprise(what, "expected " + expected.getSimpleName() + ", but it was done");
    } catch (Exception e) { // as above
      if (expected.isInstance(e)) {
        refused++;
        out.println("    " + e.getMessage());
      } else {
        surprise(what, "expected " + expected.getSimpleName() + ", got: " + e);
      }
    }
  }

  /** This must hold. */
  void holds(String what, boolean holds) {
    out.printf("%n[checked] %s%n", what);
    if (!holds) {
      surprise(what, "it does not hold");
    }
  }

  /** Something worth telling. */
  void tells(String what) {
    out.printf("%n%s%n", what.indent(2).stripTrailing());
  }

  /** This must be refused with that code. */
  void refused(String what, String code, Question question) {
    out.printf("%n[refused] %s%n", what);
    try {
      question.ask();
      surprise(what, "expected " + code + ", but it was answered");
    } catch (Exception e) { // as above
      String text = String.valueOf(e.getMessage());
      if (text.startsWith("[SALLYPORT." + code + "]")) {
        refused++;
        out.println(
            "    "
                + text.replace(" Policy: ", "\n    Policy: ")
                    .replace(" What would pass: ", "\n    What would pass: "));
      } else {
        surprise(what, "expected " + code + ", got: " + text);
      }
    }
  }

  /** Ends the story; whether everything was as expected. */
  boolean end() {
    out.printf("%n%d questions were answered, %d were refused.%n", released, refused);
    surprises.forEach(surprise -> out.println("NOT AS EXPECTED: " + surprise));
    return surprises.isEmpty();
  }

  private void surprise(String what, String happened) {
    out.println("    NOT AS EXPECTED: " + happened);
    surprises.add(what + ": " + happened);
  }
}
