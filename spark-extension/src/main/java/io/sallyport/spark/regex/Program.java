package io.sallyport.spark.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern as instructions for a machine that takes all ways at once. A way that comes first leads
 * to the match if any does, as with backtracking.
 */
final class Program {

  /** Instructions of one pattern, once its repetitions are written out. */
  private static final int MOST = 500;

  /** One instruction. */
  sealed interface Step {}

  /** Takes a character. */
  record Take(OneCharacter character) implements Step {}

  /** Asks a place. */
  record Ask(Assertion assertion) implements Step {}

  /** Remembers a place. */
  record Save(int slot) implements Step {}

  /** Goes two ways, the first before the second. */
  record Fork(int first, int second) implements Step {}

  /** Goes elsewhere. */
  record Jump(int to) implements Step {}

  /** A match. */
  record End() implements Step {}

  private final List<Step> steps = new ArrayList<>();
  private final int groups;

  private Program(int groups) {
    this.groups = groups;
  }

  static Program of(PatternParser.Read pattern) throws UnreadablePatternException {
    Program program = new Program(pattern.groups());
    program.add(new Save(0));
    program.write(pattern.part());
    program.add(new Save(1));
    program.add(new End());
    return program;
  }

  Step step(int place) {
    return steps.get(place);
  }

  int size() {
    return steps.size();
  }

  int groups() {
    return groups;
  }

  private int add(Step step) throws UnreadablePatternException {
    if (steps.size() >= MOST) {
      throw new UnreadablePatternException(
          "a pattern of more than " + MOST + " parts, each repetition written out");
    }
    steps.add(step);
    return steps.size() - 1;
  }

  private void write(Part part) throws UnreadablePatternException {
    if (part instanceof Part.One one) {
      add(new Take(one.character()));
    } else if (part instanceof Part.At place) {
      add(new Ask(place.assertion()));
    } else if (part instanceof Part.Group group) {
      add(new Save(2 * group.number()));
      write(group.part());
      add(new Save(2 * group.number() + 1));
    } else if (part instanceof Part.Sequence sequence) {
      for (Part each : sequence.parts()) {
        write(each);
      }
    } else if (part instanceof Part.Choice choice) {
      write(choice.parts());
    } else if (part instanceof Part.Repeat repeat) {
      write(repeat);
    }
  }

  private void write(List<Part> ways) throws UnreadablePatternException {
    if (ways.size() == 1) {
      write(ways.get(0));
      return;
    }
    int fork = add(new Jump(0));
    write(ways.get(0));
    int out = add(new Jump(0));
    steps.set(fork, new Fork(fork + 1, steps.size()));
    write(ways.subList(1, ways.size()));
    steps.set(out, new Jump(steps.size()));
  }

  private void write(Part.Repeat repeat) throws UnreadablePatternException {
    for (int i = 0; i < repeat.least(); i++) {
      write(repeat.part());
    }
    if (repeat.most() < 0) {
      int fork = add(new Jump(0));
      write(repeat.part());
      add(new Jump(fork));
      steps.set(fork, fork(fork + 1, steps.size(), repeat.greedy()));
      return;
    }
    List<Integer> forks = new ArrayList<>();
    for (int i = repeat.least(); i < repeat.most(); i++) {
      forks.add(add(new Jump(0)));
      write(repeat.part());
    }
    for (int fork : forks) {
      steps.set(fork, fork(fork + 1, steps.size(), repeat.greedy()));
    }
  }

  private static Fork fork(int again, int out, boolean greedy) {
    return greedy ? new Fork(again, out) : new Fork(out, again);
  }
}
