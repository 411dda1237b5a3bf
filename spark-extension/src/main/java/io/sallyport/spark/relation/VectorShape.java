package io.sallyport.spark.relation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * How a person's vector is read from what the person has in each cell: a struct of the cell's
 * columns, the number of rows, and what was added up.
 *
 * @param width how many columns tell cells apart; the number of rows is the next
 * @param least so many people are enough
 * @param positions what stands in each position
 * @param ofCell the positions to which a cell adds, by its columns
 */
public record VectorShape(
    int width, int least, List<Position> positions, Map<UnsafeRow, int[]> ofCell)
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

  public VectorShape {
    positions = new ArrayList<>(positions);
    ofCell = new HashMap<>(ofCell);
  }
}
