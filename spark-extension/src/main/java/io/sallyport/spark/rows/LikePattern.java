package io.sallyport.spark.rows;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of LIKE: runs of characters with {@code %} between them. The first run is looked for at
 * the text's start and the last at its end; each of the others at the first place after the one
 * before it, which leaves most for those that follow. Characters are code points; {@code _} is any
 * one of them.
 */
final class LikePattern {

  private static final int ANY = -1;

  private final String written;
  private final List<int[]> runs;

  private LikePattern(String written, List<int[]> runs) {
    this.written = written;
    this.runs = runs;
  }

  /** Reads a pattern; what follows the escape character stands for itself. */
  static LikePattern of(String written, char escape) {
    List<int[]> runs = new ArrayList<>();
    List<Integer> run = new ArrayList<>();
    int[] characters = written.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] == escape && i + 1 < characters.length) {
        i++;
        run.add(characters[i]);
      } else if (characters[i] == '%') {
        runs.add(array(run));
        run.clear();
      } else {
        run.add(characters[i] == '_' ? ANY : characters[i]);
      }
    }
    runs.add(array(run));
    return new LikePattern(written, runs);
  }

  private static int[] array(List<Integer> run) {
    return run.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether it was read from this. */
  boolean isOf(String pattern) {
    return written.equals(pattern);
  }

  /** Whether a whole text is like it. */
  boolean matches(String value) {
    int[] text = value.codePoints().toArray();
    int[] first = runs.get(0);
    int[] last = runs.get(runs.size() - 1);
    if (runs.size() == 1) {
      return text.length == first.length && isAt(text, 0, first);
    }
    int end = text.length - last.length;
    int at = first.length;
    if (at > end || !isAt(text, 0, first) || !isAt(text, end, last)) {
      return false;
    }
    for (int[] run : runs.subList(1, runs.size() - 1)) {
      while (at + run.length <= end && !isAt(text, at, run)) {
        at++;
      }
      at += run.length;
      if (at > end) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAt(int[] text, int place, int[] run) {
    for (int i = 0; i < run.length; i++) {
      if (run[i] != ANY && run[i] != text[place + i]) {
        return false;
      }
    }
    return true;
  }
}
