package io.sallyport.spark.certificate;

import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ExprId;

/**
 * What is known of a column.
 *
 * @param person whether it holds the row's person, or NULL
 * @param absent whether it is NULL in every row
 * @param extent where it is, or NULL
 * @param values all that it can hold
 * @param rankAmong where it numbers each person's rows from 1: the columns beside the person within
 *     whose values it counts
 */
record ColumnFacts(
    boolean person,
    boolean absent,
    Optional<Extent> extent,
    Optional<Set<Object>> values,
    Optional<Set<ExprId>> rankAmong) {

  static final ColumnFacts UNKNOWN =
      new ColumnFacts(false, false, Optional.empty(), Optional.empty(), Optional.empty());
  static final ColumnFacts PERSON =
      new ColumnFacts(true, false, Optional.empty(), Optional.empty(), Optional.empty());
  static final ColumnFacts ABSENT =
      new ColumnFacts(false, true, Optional.empty(), Optional.empty(), Optional.empty());

  static ColumnFacts within(Optional<Extent> extent) {
    return new ColumnFacts(false, false, extent, Optional.empty(), Optional.empty());
  }

  static ColumnFacts rank(Set<ExprId> among) {
    return new ColumnFacts(
        false, false, Optional.empty(), Optional.empty(), Optional.of(Set.copyOf(among)));
  }

  ColumnFacts withValues(Set<Object> all) {
    return new ColumnFacts(person, absent, extent, Optional.of(Set.copyOf(all)), rankAmong);
  }

  /** The same column where its rows are looked at one by one. */
  ColumnFacts unranked() {
    return new ColumnFacts(person, absent, extent, values, Optional.empty());
  }

  /** The same column where further rows may lack it. */
  ColumnFacts orNull() {
    return new ColumnFacts(person, absent, extent, Optional.empty(), Optional.empty());
  }

  /** Whether a row's person, or nothing, is in it. */
  boolean namesNobodyElse() {
    return person || absent;
  }
}
