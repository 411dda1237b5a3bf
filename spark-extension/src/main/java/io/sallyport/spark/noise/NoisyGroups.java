package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.policy.frame.FrameName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * From exact groups to released ones: selects keys and adds noise, once for each number.
 *
 * <p>Guarantee: what leaves {@link #release} is private by the losses of the calibration, if the
 * groups came from {@link BoundedQuery} with its bounds. Every call is a new release.
 *
 * @param minimums the fewest persons of each frame that a selected group must rest on
 */
public record NoisyGroups(
    NoisyPoint point,
    Calibration calibration,
    List<FrameName> frames,
    Map<FrameName, Long> minimums) {

  public NoisyGroups {
    frames = List.copyOf(frames);
    minimums = Map.copyOf(minimums);
  }

  /**
   * The released groups, as {@link RecordedGroup}s.
   *
   * @param exact what the {@link BoundedQuery} counted
   * @param table the groups of the point's key table, when it has one
   * @param values what each {@link ValueQuery} counted, in the order of the point's values
   */
  public List<InternalRow> release(
      List<InternalRow> exact,
      List<InternalRow> table,
      List<List<InternalRow>> values,
      EntropySource entropy) {
    NoisyColumns columns = new NoisyColumns(point);
    CountedValues counted = CountedValues.of(point, calibration, values);
    List<InternalRow> released = new ArrayList<>();
    for (ExactGroup group : groups(exact, table)) {
      if (isShown(group, entropy)) {
        NoisyNumbers noisy =
            new NoisyNumbers(point, noisy(group, entropy), counted.noisy(group.key(), entropy));
        released.add(RecordedGroup.row(point, columns.row(group.key(), noisy), group.key(), noisy));
      }
    }
    return released;
  }

  /** The groups as counted; where groups are public, those of nobody too. */
  List<ExactGroup> groups(List<InternalRow> exact, List<InternalRow> table) {
    List<ExactGroup> groups = exact.stream().map(row -> ExactGroup.of(row, point, frames)).toList();
    if (point.publicKeys().isEmpty()) {
      return groups;
    }
    Map<InternalRow, ExactGroup> byKey = new HashMap<>();
    groups.forEach(group -> byKey.put(group.key(), group));
    ExactGroup nobody = ExactGroup.nobody(point, frames);
    List<InternalRow> keys =
        point.publicKeys().get() instanceof DeclaredKeys declared
            ? declared.rows()
            : table.stream().map(point::key).toList();
    return keys.stream().map(key -> byKey.getOrDefault(key, nobody.at(key))).toList();
  }

  private boolean isShown(ExactGroup group, EntropySource entropy) {
    return calibration
        .selection()
        .map(selection -> selection.keeps(people(group), entropy))
        .orElse(true);
  }

  /** What selection compares: with several minimums, what the tightest of them leaves. */
  private long people(ExactGroup group) {
    long largest = minimums.values().stream().mapToLong(Long::longValue).max().orElse(0);
    if (largest <= 1) {
      return group.units();
    }
    long spare = group.units() - 1;
    for (Map.Entry<FrameName, Long> minimum : minimums.entrySet()) {
      long people = group.unitsOf().get(frames.indexOf(minimum.getKey()));
      spare = Math.min(spare, people - minimum.getValue());
    }
    return spare + largest;
  }

  private List<Double> noisy(ExactGroup group, EntropySource entropy) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < point.statistics().size(); i++) {
      NoisyRelease part = calibration.noise().get(i);
      BigInteger noisy = part.noise().perturb(group.steps().get(i), entropy);
      values.add(noisy.doubleValue() * point.statistics().get(i).step());
    }
    return values;
  }

  /**
   * One group as counted.
   *
   * @param key its keys, as a row that compares by value
   * @param units how many persons
   * @param unitsOf how many of each frame
   * @param steps each statistic, exactly
   */
  record ExactGroup(InternalRow key, long units, List<Long> unitsOf, List<BigInteger> steps) {

    static ExactGroup of(InternalRow row, NoisyPoint point, List<FrameName> frames) {
      int width = point.keys().size();
      List<Long> unitsOf = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        unitsOf.add(row.isNullAt(width + 1 + i) ? 0L : row.getLong(width + 1 + i));
      }
      List<BigInteger> steps = new ArrayList<>();
      int first = width + 1 + frames.size();
      for (int i = 0; i < point.statistics().size(); i++) {
        // A global aggregate over nobody has NULL sums.
        boolean nobody = row.isNullAt(first + 2 * i + 1);
        steps.add(
            nobody
                ? BigInteger.ZERO
                : Split.join(row.getLong(first + 2 * i), row.getLong(first + 2 * i + 1)));
      }
      return new ExactGroup(point.key(row), row.getLong(width), unitsOf, steps);
    }

    static ExactGroup nobody(NoisyPoint point, List<FrameName> frames) {
      return new ExactGroup(
          new GenericInternalRow(new Object[0]),
          0,
          frames.stream().map(frame -> 0L).toList(),
          point.statistics().stream().map(s -> BigInteger.ZERO).toList());
    }

    ExactGroup at(InternalRow otherKey) {
      return new ExactGroup(otherKey, units, unitsOf, steps);
    }
  }
}
