package io.sallyport.spark.regex;

import java.util.List;

/** A pattern as a tree. */
sealed interface Part {

  /** How few characters it may match. */
  int shortest();

  /** Whether it may match nothing. */
  default boolean isEmptyable() {
    return shortest() == 0;
  }

  private static int capped(int a, int b) {
    return Math.min(a + b, PatternParser.LONGEST);
  }

  /** One character. */
  record One(OneCharacter character) implements Part {
    @Override
    public int shortest() {
      return 1;
    }
  }

  /** A place. */
  record At(Assertion assertion) implements Part {
    @Override
    public int shortest() {
      return 0;
    }
  }

  /** One after the other. */
  record Sequence(List<Part> parts) implements Part {
    @Override
    public int shortest() {
      return parts.stream().mapToInt(Part::shortest).reduce(0, Part::capped);
    }
  }

  /** The first that leads to a match. */
  record Choice(List<Part> parts) implements Part {
    @Override
    public int shortest() {
      return parts.stream().mapToInt(Part::shortest).min().orElse(0);
    }
  }

  /** A group that is remembered, by its number. */
  record Group(int number, Part part) implements Part {
    @Override
    public int shortest() {
      return part.shortest();
    }
  }

  /**
   * Again and again.
   *
   * @param most negative when there is no bound
   * @param greedy whether it is tried once more before what follows
   */
  record Repeat(Part part, int least, int most, boolean greedy) implements Part {
    @Override
    public int shortest() {
      return least == 0 || part.isEmptyable() ? 0 : Math.max(least, part.shortest());
    }
  }
}
