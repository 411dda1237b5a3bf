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
 */
record RowFacts(
    Optional<String> space,
    Map<ExprId, ColumnFacts> columns,
    Set<Set<ExprId>> covers,
    Optional<BigInteger> most,
    Optional<OneRow> oneRow,
    Optional<Set<ExprId>> unique) {

  /** Rows that depend on no governed frame. */
  static final RowFacts PUBLIC = of(Optional.empty(), Map.of(), Set.of());

  RowFacts {
    columns = Map.copyOf(columns);
    covers = Set.copyOf(covers);
  }

  /** Rows of which no more is known than whose they are. */
  static RowFacts of(
      Optional<String> space, Map<ExprId, ColumnFacts> columns, Set<Set<ExprId>> covers) {
    return new RowFacts(
        space, columns, covers, Optional.empty(), Optional.empty(), Optional.empty());
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
    return new RowFacts(space, more, covers, most, oneRow, unique);
  }

  RowFacts withCover(Set<ExprId> cover) {
    Set<Set<ExprId>> more = new HashSet<>(covers);
    more.add(Set.copyOf(cover));
    return new RowFacts(space, columns, more, most, oneRow, unique);
  }

  RowFacts withMost(BigInteger rows) {
    BigInteger least = most.map(rows::min).orElse(rows);
    return new RowFacts(space, columns, covers, Optional.of(least), oneRow, unique);
  }

  RowFacts withOneRow(OneRow why) {
    return new RowFacts(
        space, columns, covers, Optional.of(BigInteger.ONE), Optional.of(why), unique);
  }

  RowFacts withUnique(Optional<Set<ExprId>> ids) {
    return new RowFacts(space, columns, covers, most, oneRow, ids);
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
