package io.sallyport.spark.certificate;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * @param constants for some of its values, the columns that are the same in all rows that hold it
 * @param rank where it numbers each person's rows from 1
 * @param groups where it holds a person's groups
 */
record ColumnFacts(
    boolean person,
    boolean absent,
    Optional<Extent> extent,
    Optional<Set<Object>> values,
    Map<Object, Set<ExprId>> constants,
    Optional<Rank> rank,
    Optional<Groups> groups) {

  static final ColumnFacts UNKNOWN =
      new ColumnFacts(
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty());
  static final ColumnFacts PERSON =
      new ColumnFacts(
          true,
          false,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty());
  static final ColumnFacts ABSENT =
      new ColumnFacts(
          false,
          true,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty());

  ColumnFacts {
    constants = Map.copyOf(constants);
  }

  /**
   * The numbers that a window gives.
   *
   * @param among the columns beside the person within whose values it counts
   * @param of the columns whose different values it counts; empty when it counts rows
   */
  record Rank(Set<ExprId> among, Optional<Set<ExprId>> of) {
    Rank {
      among = Set.copyOf(among);
    }
  }

  /**
   * An array of groups of one person, each once: the keys, then sums.
   *
   * @param most how many there are, in all of a person's rows together
   * @param values for each key all that it can hold, where that is known
   */
  record Groups(BigInteger most, List<Optional<Set<Object>>> values) {
    Groups {
      values = List.copyOf(values);
    }
  }

  static ColumnFacts within(Optional<Extent> extent) {
    return new ColumnFacts(
        false, false, extent, Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
  }

  static ColumnFacts rank(Rank rank) {
    return new ColumnFacts(
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.of(rank),
        Optional.empty());
  }

  static ColumnFacts groups(Groups groups) {
    return new ColumnFacts(
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.of(groups));
  }

  ColumnFacts withValues(Set<Object> all) {
    return new ColumnFacts(
        person, absent, extent, Optional.of(Set.copyOf(all)), constants, rank, groups);
  }

  ColumnFacts withConstants(Map<Object, Set<ExprId>> columns) {
    return new ColumnFacts(person, absent, extent, values, columns, rank, groups);
  }

  /** The same column where its rows are looked at one by one. */
  ColumnFacts unranked() {
    return new ColumnFacts(
        person, absent, extent, values, constants, Optional.empty(), Optional.empty());
  }

  /** The same column where further rows may lack it. */
  ColumnFacts orNull() {
    return new ColumnFacts(
        person, absent, extent, Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
  }

  /** The same column where others have new names; those that have none are gone. */
  ColumnFacts renamed(Map<ExprId, ExprId> passed) {
    Map<Object, Set<ExprId>> renamed = new HashMap<>();
    constants.forEach(
        (value, columns) -> {
          Set<ExprId> kept = new HashSet<>();
          columns.stream().filter(passed::containsKey).forEach(c -> kept.add(passed.get(c)));
          renamed.put(value, kept);
        });
    return withConstants(renamed);
  }

  /** Whether a row's person, or nothing, is in it. */
  boolean namesNobodyElse() {
    return person || absent;
  }
}
