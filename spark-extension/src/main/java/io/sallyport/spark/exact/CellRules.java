package io.sallyport.spark.exact;

import io.sallyport.policy.decision.Requirement;
import io.sallyport.policy.frame.FrameName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a cell may be told of: it holds enough people of each frame, and no arithmetic on its
 * numbers leaves fewer of them.
 *
 * <p>Besides the people of a cell, what is looked at are those in whom a measured value is not
 * zero; those who are off the value that most people share; with squares, off the two most common
 * ones; with products, off those of both columns; and those in whom two measured values differ.
 * Each must be nobody or enough, the first one enough.
 */
final class CellRules {

  private final CellTable table;
  private final FrameName frame;
  private final Requirement requirement;
  private final long least;

  CellRules(CellTable table, FrameName frame, Requirement requirement) {
    this.table = table;
    this.frame = frame;
    this.requirement = requirement;
    this.least = requirement.minimumUnits();
  }

  /** Whether the cell and all its numbers may be known. */
  boolean allows(Cell cell) {
    if (!isIn(cell)) {
      return true;
    }
    return cell.people() >= least && numbersAreAllowed(cell);
  }

  /** Whether the frame has people in a cell; that of the measured rows always does. */
  boolean isIn(Cell cell) {
    for (PointReading.Piece piece : table.shape().pieces()) {
      if (piece.part().base().table().name().equals(frame)) {
        return true;
      }
      var there = piece.part().frames().get(frame);
      if (there != null && cell.has(table.shape().frameBit(piece, there))) {
        return true;
      }
    }
    return false;
  }

  private boolean numbersAreAllowed(Cell cell) {
    Set<Integer> used = used(cell, false);
    Set<Integer> squared = used(cell, true);
    for (int value : used) {
      if (cell.notZero().get(value) < least
          || cell.present().get(value).people() < least
          || !isNobodyOrEnough(off(cell.frequent().get(value), squared.contains(value) ? 2 : 1))
          || (!cell.contributions().isEmpty()
              && !cell.contributions().get(value).isSafe(requirement.dominance()))) {
        return false;
      }
    }
    return pairsAreAllowed(cell, used, squared) && rowsAreAllowed(cell, used);
  }

  private Set<Integer> used(Cell cell, boolean squaredOnly) {
    Set<Integer> used = new TreeSet<>();
    table.shape().pieces().forEach(piece -> used.addAll(table.used(piece, cell, squaredOnly)));
    return used;
  }

  private boolean pairsAreAllowed(Cell cell, Set<Integer> used, Set<Integer> squared) {
    int values = table.shape().measured().size();
    int pair = 0;
    int product = 0;
    for (int i = 0; i < values; i++) {
      for (int j = i + 1; j < values; j++, pair++) {
        if (used.contains(i) && used.contains(j) && !isNobodyOrEnough(cell.differ().get(pair))) {
          return false;
        }
        if (areSquared(i, j)) {
          if (squared.contains(i)
              && squared.contains(j)
              && !isNobodyOrEnough(offBoth(cell, i, j, frequentPairs(values) + product))) {
            return false;
          }
          product++;
        }
      }
    }
    return true;
  }

  private int frequentPairs(int values) {
    boolean counted = table.shape().countsPeople() && !table.shape().base().rowsAreUnits();
    return counted ? 2 * values + 1 : values;
  }

  private boolean areSquared(int i, int j) {
    List<Monomial> measured = table.shape().measured();
    return table.shape().squared().contains(measured.get(i))
        && table.shape().squared().contains(measured.get(j));
  }

  /** Beside a number of people, the number of rows of each is a measured value too. */
  private boolean rowsAreAllowed(Cell cell, Set<Integer> used) {
    if (!table.shape().countsPeople() || table.shape().base().rowsAreUnits()) {
      return true;
    }
    int values = table.shape().measured().size();
    if (!isNobodyOrEnough(off(cell.frequent().get(values), 1))) {
      return false;
    }
    return used.stream()
        .allMatch(value -> isNobodyOrEnough(off(cell.frequent().get(values + 1 + value), 1)));
  }

  /** Nobody, or enough. */
  private boolean isNobodyOrEnough(long people) {
    return people == 0 || people >= least;
  }

  /**
   * The people off the most common value, or off the two most common ones; enough when no value is
   * common. Where values were not counted exactly there are more than the least number of them.
   */
  private long off(Frequencies frequencies, int values) {
    if (!frequencies.isExact()) {
      return Long.MAX_VALUE;
    }
    List<Map.Entry<Frequencies.Value, Long>> most = frequencies.mostCommon();
    long people = frequencies.people();
    long first = most.isEmpty() ? 0 : most.get(0).getValue();
    long second = most.size() < 2 ? 0 : most.get(1).getValue();
    if (2 * first > people && !isNobodyOrEnough(people - first)) {
      return people - first;
    }
    if (values == 2 && 3 * (first + second) > 2 * people) {
      return people - first - second;
    }
    return Long.MAX_VALUE;
  }

  /** The people who are off the common values of both columns. */
  private long offBoth(Cell cell, int i, int j, int pair) {
    List<Frequencies.Value> first = common(cell.frequent().get(i));
    List<Frequencies.Value> second = common(cell.frequent().get(j));
    if (first.isEmpty() || second.isEmpty()) {
      return Long.MAX_VALUE;
    }
    Frequencies both = cell.frequent().get(pair);
    long off = 0;
    for (Map.Entry<Frequencies.Value, Long> one : both.counts().entrySet()) {
      Frequencies.Value value = one.getKey();
      boolean offFirst = (value.several() & 1) != 0 || value.first() != first.get(0).first();
      boolean offSecond = (value.several() & 2) != 0 || value.second() != second.get(0).first();
      off += offFirst && offSecond ? one.getValue() : 0;
    }
    // what was not counted may be off both or not: only enough that were counted are enough
    return both.isExact() || off >= least ? off : 1;
  }

  /** The value that more than half of the people may share. */
  private static List<Frequencies.Value> common(Frequencies frequencies) {
    List<Frequencies.Value> common = new ArrayList<>();
    for (Map.Entry<Frequencies.Value, Long> one : frequencies.mostCommon()) {
      if (2 * (one.getValue() + frequencies.missed()) > frequencies.people()) {
        common.add(one.getKey());
      }
    }
    return common;
  }
}
