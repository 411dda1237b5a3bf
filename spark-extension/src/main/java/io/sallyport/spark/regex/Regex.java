package io.sallyport.spark.regex;

import java.util.ArrayList;
import java.util.List;

/** A regular expression that was read, and what Spark's functions do with it. */
public final class Regex {

  private final String written;
  private final Program program;
  private final int shortest;

  private Regex(String written, Program program, int shortest) {
    this.written = written;
    this.program = program;
    this.shortest = shortest;
  }

  /**
   * Reads a pattern.
   *
   * @throws UnreadablePatternException when it is none, or asks for what takes no linear time
   */
  public static Regex of(String pattern) throws UnreadablePatternException {
    PatternParser.Read read = PatternParser.read(pattern);
    return new Regex(pattern, Program.of(read), read.part().shortest());
  }

  /** Whether it was read from this. */
  public boolean isOf(String pattern) {
    return written.equals(pattern);
  }

  /** How many groups it has, beside the whole match. */
  public int groups() {
    return program.groups();
  }

  /** How few characters a match may have. */
  public int shortest() {
    return shortest;
  }

  /** A search through a text, from its start. */
  public Search in(String text) {
    return new Search(program, text);
  }

  /** What lies between its matches, as Java splits: nothing is left out at the end. */
  public List<String> split(String text, int most) {
    List<String> parts = new ArrayList<>();
    Search search = in(text);
    int start = 0;
    while ((most <= 0 || parts.size() < most - 1) && search.find()) {
      boolean nothingAtTheStart = start == 0 && search.start() == 0 && search.end() == 0;
      if (!nothingAtTheStart) {
        parts.add(search.part(start, search.start()));
        start = search.end();
      }
    }
    parts.add(search.part(start, search.length()));
    return parts;
  }
}
