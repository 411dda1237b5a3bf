package io.sallyport.spark.certificate;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.ExprId;

/**
 * What is known of the rows of a node: each is one person's at most, and without a person all the
 * others' rows are as they were.
 *
 * @param space the people; empty where the rows are public
 * @param columns what is known of them; nothing of those that are not in here
 * @param covers sets of columns that hold a person, of which in every row one is not NULL
 * @param most how many rows a person has at most
 * @param oneRow why that is one without any cutting
 * @param unique columns that tell a person's rows apart
 * @param nobodys whether there may be rows of nobody, which tell by being there that someone's are
 *     not; in them every column that holds the person is NULL
 * @param different for some sets of columns, how many different values a person's rows have in them
 */
record RowFacts(
    Optional<String> space,
    Map<ExprId, ColumnFacts> columns,
    Set<Set<ExprId>> covers,
    Optional<BigInteger> most,
    Optional<OneRow> oneRow,
    Optional<Set<ExprId>> unique,
    Map<Set<ExprId>, BigInteger> different,
    boolean nobodys) {

  /** Rows that depend on no governed frame. */
  static final RowFacts PUBLIC = of(Optional.empty(), Map.of(), Set.of());

  RowFacts {
    columns = Map.copyOf(columns);
    covers = Set.copyOf(covers);
    different = Map.copyOf(different);
  }

  /** Rows of which no more is known than whose they are. */
  static RowFacts of(
      Optional<String> space, Map<ExprId, ColumnFacts> columns, Set<Set<ExprId>> covers) {
    return new RowFacts(
        space,
        columns,
        covers,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false);
  }

  boolean isPublic() {
    return space.isEmpty();
  }

  ColumnFacts column(ExprId id) {
    return columns.getOrDefault(id, ColumnFacts.UNKNOWN);
  }

  Set<ExprId> people() {
    return columns.keySet().stream()
        .filter(id -> column(id).person())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a column holds the person of every row. */
  boolean isWhole(ExprId id) {
    return column(id).person() && covers.contains(Set.of(id));
  }

  /** Whether one of the columns holds the person of every row. */
  boolean isCovered(Set<ExprId> ids) {
    return covers.stream().anyMatch(ids::containsAll);
  }

  RowFacts withColumn(ExprId id, ColumnFacts facts) {
    Map<ExprId, ColumnFacts> more = new HashMap<>(columns);
    more.put(id, facts);
    return new RowFacts(space, more, covers, most, oneRow, unique, different, nobodys);
  }

  /** The same rows with more columns; what these are not known to be is as it was. */
  RowFacts withColumns(Map<ExprId, ColumnFacts> more) {
    Map<ExprId, ColumnFacts> all = new HashMap<>(more);
    all.putAll(columns);
    return new RowFacts(space, all, covers, most, oneRow, unique, different, nobodys);
  }

  RowFacts withCover(Set<ExprId> cover) {
    Set<Set<ExprId>> more = new HashSet<>(covers);
    more.add(Set.copyOf(cover));
    return new RowFacts(space, columns, more, most, oneRow, unique, different, nobodys);
  }

  RowFacts withNobodys(boolean may) {
    return new RowFacts(space, columns, covers, most, oneRow, unique, different, may);
  }

  RowFacts withMost(BigInteger rows) {
    BigInteger least = most.map(rows::min).orElse(rows);
    return new RowFacts(
        space, columns, covers, Optional.of(least), oneRow, unique, different, nobodys);
  }

  RowFacts withOneRow(OneRow why) {
    return new RowFacts(
        space,
        columns,
        covers,
        Optional.of(BigInteger.ONE),
        Optional.of(why),
        unique,
        different,
        nobodys);
  }

  RowFacts withUnique(Optional<Set<ExprId>> ids) {
    return new RowFacts(space, columns, covers, most, oneRow, ids, different, nobodys);
  }

  /** Of so many different values in some columns; where these tell rows apart, of so many rows. */
  RowFacts withDifferent(Set<ExprId> ids, BigInteger values) {
    Map<Set<ExprId>, BigInteger> more = new HashMap<>(different);
    more.merge(Set.copyOf(ids), values, BigInteger::min);
    RowFacts known = new RowFacts(space, columns, covers, most, oneRow, unique, more, nobodys);
    return unique.filter(ids::containsAll).isPresent() ? known.withMost(values) : known;
  }

  /**
   * How many different values a person's rows have in some columns; empty when that is unbounded.
   */
  Optional<BigInteger> different(Set<ExprId> ids) {
    Optional<BigInteger> least = combinations(ids);
    if (most.isPresent()) {
      least = Optional.of(least.map(most.get()::min).orElse(most.get()));
    }
    for (Map.Entry<Set<ExprId>, BigInteger> each : different.entrySet()) {
      if (each.getKey().containsAll(ids)) {
        least = Optional.of(least.map(each.getValue()::min).orElse(each.getValue()));
      }
    }
    return least;
  }

  /**
   * How many different values some columns have, when it is so many for each value of some of them;
   * empty when these have any.
   */
  Optional<BigInteger> different(Set<ExprId> ids, Set<ExprId> among, BigInteger ofEach) {
    if (among.size() != 1) {
      return combinations(among).map(ofEach::multiply);
    }
    ColumnFacts set = column(among.iterator().next());
    if (set.values().isEmpty()) {
      return Optional.empty();
    }
    Set<ExprId> others = new HashSet<>(ids);
    others.removeAll(among);
    BigInteger all = BigInteger.ZERO;
    for (Object value : set.values().get()) {
      boolean one = set.constants().getOrDefault(value, Set.of()).containsAll(others);
      all = all.add(one ? BigInteger.ONE.min(ofEach) : ofEach);
    }
    return Optional.of(all);
  }

  /** How many combinations of values some columns have; empty when that is not known. */
  Optional<BigInteger> combinations(Set<ExprId> ids) {
    BigInteger all = BigInteger.ONE;
    for (ExprId id : ids) {
      Optional<Set<Object>> values = column(id).values();
      if (values.isEmpty()) {
        return Optional.empty();
      }
      all = all.multiply(BigInteger.valueOf(values.get().size()));
    }
    return Optional.of(all);
  }
}
