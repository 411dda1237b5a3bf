package io.sallyport.spark.regex;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;

/**
 * One search after the other through one text. All ways through the program go on together, one
 * character at a time, in the order in which backtracking would try them; two that come to the same
 * instruction are one. So a search takes at most the text's length times the program's.
 */
public final class Search {

  /** Searches that each read far beyond what they find would take the square of the text. */
  private static final long MOST_WORK_PER_CHARACTER = 64;

  private static final long WORK_OF_A_SHORT_TEXT = 10_000;

  /** Of one text, however long it is: some seconds. */
  private static final long MOST_WORK = 500_000_000;

  /** So much work is done before it looks whether it was stopped. */
  private static final long PAUSE = 65_536;

  /** A way through the program: where it is, and what it remembers. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Way(int step, int[] saved) {}

  /** Ways in their order; each instruction once. */
  private static final class Ways {
    private final Way[] list;
    private final int[] seen;
    private int size;
    private int round;

    Ways(int steps) {
      list = new Way[steps];
      seen = new int[steps];
      clear();
    }

    void clear() {
      size = 0;
      round++;
    }

    boolean isNew(int step) {
      boolean isNew = seen[step] != round;
      seen[step] = round;
      return isNew;
    }
  }

  private final Program program;
  private final Text text;
  private final long mostWork;
  private Ways now;
  private Ways then;
  private long work;
  private int[] found = new int[0];
  private int from;

  Search(Program program, String text) {
    this.program = program;
    this.text = new Text(text);
    this.mostWork =
        Math.min(
            MOST_WORK,
            MOST_WORK_PER_CHARACTER * program.size() * (this.text.length() + WORK_OF_A_SHORT_TEXT));
    this.now = new Ways(program.size());
    this.then = new Ways(program.size());
  }

  /**
   * Looks for the next match, after the one before.
   *
   * @throws TooMuchWorkException when searches through this text have read it too often
   */
  public boolean find() {
    if (from > text.length()) {
      return false;
    }
    found = match(from);
    if (found.length > 0) {
      from = found[1] == found[0] ? found[1] + 1 : found[1];
    }
    return found.length > 0;
  }

  /** Where the match begins, in characters. */
  public int start() {
    return found[0];
  }

  /** Where the match ends. */
  public int end() {
    return found[1];
  }

  /** What a group of the match matched, or null when it took no part. */
  public String group(int number) {
    int start = found[2 * number];
    return start < 0 ? null : text.part(start, found[2 * number + 1]);
  }

  /** Characters of the text from one place up to another. */
  public String part(int start, int end) {
    return text.part(start, end);
  }

  public int length() {
    return text.length();
  }

  private int[] match(int start) {
    int[] best = new int[0];
    now.clear();
    for (int place = start; place <= text.length(); place++) {
      if (best.length == 0) {
        int[] nothing = new int[2 * program.groups() + 2];
        Arrays.fill(nothing, -1);
        enter(now, new Way(0, nothing), place);
      }
      if (now.size == 0 && best.length > 0) {
        return best;
      }
      then.clear();
      best = step(place, best);
      Ways empty = now;
      now = then;
      then = empty;
    }
    return best;
  }

  /** Takes one character on all ways, up to the first that has come to a match. */
  private int[] step(int place, int[] before) {
    count(now.size);
    for (int i = 0; i < now.size; i++) {
      Way way = now.list[i];
      Program.Step step = program.step(way.step());
      if (step instanceof Program.End) {
        return way.saved();
      }
      int character = text.at(place);
      if (character >= 0 && ((Program.Take) step).character().is(character)) {
        enter(then, new Way(way.step() + 1, way.saved()), place + 1);
      }
    }
    return before;
  }

  /** Follows a way to where it needs a character, or has come to a match. */
  private void enter(Ways ways, Way entered, int place) {
    Deque<Way> left = new ArrayDeque<>();
    left.push(entered);
    while (!left.isEmpty()) {
      Way way = left.pop();
      if (!ways.isNew(way.step())) {
        continue;
      }
      count(1);
      Program.Step step = program.step(way.step());
      if (step instanceof Program.Jump jump) {
        left.push(new Way(jump.to(), way.saved()));
      } else if (step instanceof Program.Fork fork) {
        left.push(new Way(fork.second(), way.saved()));
        left.push(new Way(fork.first(), way.saved()));
      } else if (step instanceof Program.Save save) {
        int[] saved = way.saved().clone();
        count(saved.length);
        saved[save.slot()] = place;
        left.push(new Way(way.step() + 1, saved));
      } else if (step instanceof Program.Ask ask) {
        if (ask.assertion().holds(text, place)) {
          left.push(new Way(way.step() + 1, way.saved()));
        }
      } else {
        ways.list[ways.size++] = way;
      }
    }
  }

  private void count(long more) {
    if (work / PAUSE != (work + more) / PAUSE && isStopped()) {
      throw new CancellationException("The search was stopped");
    }
    work += more;
    if (work > mostWork) {
      throw new TooMuchWorkException();
    }
  }

  /** A task that is killed is interrupted, or only marked. */
  private static boolean isStopped() {
    TaskContext task = TaskContext.get();
    return Thread.currentThread().isInterrupted() || (task != null && task.isInterrupted());
  }
}
