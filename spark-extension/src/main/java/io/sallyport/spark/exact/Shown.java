package io.sallyport.spark.exact;

import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * A number that can be known of an answer, as a sum over people.
 *
 * @param kind what is counted or added up
 * @param monomial what is added up; or what the rows that are counted have, where it may be missing
 *     from rows of one cell
 * @param cells in which
 */
record Shown(Kind kind, Optional<Monomial> monomial, Set<UnsafeRow> cells) {

  /** What a number counts or adds up. */
  enum Kind {
    PEOPLE,
    ROWS,
    SUM
  }

  Shown {
    cells = Set.copyOf(cells);
  }

  boolean counts() {
    return kind != Kind.SUM;
  }
}
