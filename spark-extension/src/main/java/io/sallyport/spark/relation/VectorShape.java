package io.sallyport.spark.relation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * How a person's vector is read from what the person has in each cell: a struct of the cell's
 * columns, the number of rows, and what was added up.
 *
 * @param width how many columns tell cells apart; the number of rows is the next
 * @param least so many people are enough
 * @param positions what stands in each position
 * @param places where people may have rows
 * @param ofCell to what a cell adds, by its columns
 */
public record VectorShape(
    int width, int least, List<Position> positions, List<Place> places, Map<UnsafeRow, At> ofCell)
    implements Serializable {

  /**
   * What stands in one position.
   *
   * @param kind what is counted or added up
   * @param sum where the sum is among a struct's fields
   * @param ends where the least and the greatest value are, then NULL where there is none; -1 for
   *     exact sums
   * @param there where the number of rows is that have the value; -1 where all have it
   */
  public record Position(Kind kind, int sum, int ends, int there) implements Serializable {
    public static final Position PEOPLE = new Position(Kind.PEOPLE, -1, -1, -1);

    /** Of all rows, or of those that have a value. */
    public static Position rows(int there) {
      return new Position(Kind.ROWS, -1, -1, there);
    }
  }

  /** What a position counts or adds up. */
  public enum Kind {
    PEOPLE,
    ROWS,
    SUM
  }

  /**
   * Rows of cells that the same positions count or add up.
   *
   * @param there where the number of these rows is; -1 where it is that of all
   */
  record Place(int there, List<Integer> positions) implements Serializable {}

  /** To what a cell adds. */
  record At(BitSet positions, BitSet places) implements Serializable {}

  public VectorShape {
    positions = new ArrayList<>(positions);
    places = new ArrayList<>(places);
    ofCell = new HashMap<>(ofCell);
  }

  /**
   * The places follow from the positions of cells.
   *
   * @param positionsOfCell the positions to which a cell adds, by its columns
   */
  public static VectorShape of(
      int width, int least, List<Position> positions, Map<UnsafeRow, BitSet> positionsOfCell) {
    Map<Place, Integer> places = new LinkedHashMap<>();
    Map<UnsafeRow, At> ofCell = new HashMap<>();
    positionsOfCell.forEach(
        (cell, of) -> {
          BitSet in = new BitSet();
          for (Place place : places(positions, of)) {
            places.putIfAbsent(place, places.size());
            in.set(places.get(place));
          }
          ofCell.put(cell, new At(of, in));
        });
    return new VectorShape(width, least, positions, List.copyOf(places.keySet()), ofCell);
  }

  /** A number of people is no sum over cells, and a place of its own. */
  private static List<Place> places(List<Position> positions, BitSet of) {
    List<Place> places = new ArrayList<>();
    Map<Integer, List<Integer>> byRows = new TreeMap<>();
    of.stream()
        .forEach(
            i -> {
              if (positions.get(i).kind() == Kind.PEOPLE) {
                places.add(new Place(-1, List.of(i)));
              } else {
                byRows.computeIfAbsent(positions.get(i).there(), t -> new ArrayList<>()).add(i);
              }
            });
    byRows.forEach((there, together) -> places.add(new Place(there, together)));
    return places;
  }

  VectorSketch emptySketch() {
    return new VectorSketch(positions.size(), places.size(), least);
  }

  /** What {@link PersonVectors} gives. */
  public VectorSketch sketch(byte[] bytes) {
    return VectorSketch.of(positions.size(), places.size(), least, bytes);
  }
}
