package io.sallyport.examples.analyst;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import scala.Console;

/** The lines of the README that show what is printed, and what is really printed. */
final class ReadmePrintout {

  private static final String BEGIN = "```text";
  private static final String END = "```";
  private static final String ASKED = ">>> spark.sql(\"";
  private static final String SHOWN = "\").show(truncate=False)";

  private ReadmePrintout() {}

  /** The README's one block of text that begins with a query. */
  static List<String> inReadme() throws IOException {
    List<String> lines = Files.readAllLines(Scripts.EXAMPLES.resolveSibling("README.md"));
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).equals(BEGIN) && lines.get(i + 1).startsWith(ASKED)) {
        List<String> block = lines.subList(i + 1, lines.size());
        return block.subList(0, block.indexOf(END));
      }
    }
    throw new IllegalStateException("The README shows no answer");
  }

  /** The same queries, each with what a client prints for it. */
  static List<String> really(SparkSession analyst) throws IOException {
    List<String> printed = new ArrayList<>();
    for (String line : inReadme()) {
      if (line.startsWith(ASKED)) {
        printed.add(line);
        String sql = line.substring(ASKED.length(), line.length() - SHOWN.length());
        printed.addAll(shown(analyst, sql).lines().toList());
      }
    }
    return printed;
  }

  private static String shown(SparkSession analyst, String sql) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Console.withOut(
          bytes,
          () -> {
            analyst.sql(sql).show(false);
            return null;
          });
    } catch (Exception refused) { // Spark's client does not declare what it throws
      return refused.getMessage();
    }
    return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
