package io.sallyport.spark.noise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A coarser question answered from a finer release that was made before: its groups are sums of
 * that release's groups, so nothing of the data is looked at and nothing is charged.
 *
 * <p>Guarantee: each number is at least as accurate as a fresh one. Its noise has no greater
 * deviation, the sum of the noises included; no person's rows are cut that a fresh release would
 * count; no row is missing because its value is not among the declared ones.
 *
 * @param finer the release
 * @param point the question
 * @param keys where the question's keys stand among the release's
 * @param statistics where its statistics stand
 */
public record Regrouping(
    FinerRelease finer, NoisyPoint point, List<Integer> keys, List<Integer> statistics) {

  public Regrouping {
    keys = List.copyOf(keys);
    statistics = List.copyOf(statistics);
  }

  /**
   * How a release of the same input answers a question; empty when it does not, or worse.
   *
   * @param names of plans: equal for plans that mean the same
   */
  public static Optional<Regrouping> of(
      FinerRelease finer,
      NoisyPoint point,
      Calibration calibration,
      Function<LogicalPlan, String> names) {
    if (!isOf(point)) {
      return Optional.empty();
    }
    List<Integer> keys =
        FinerRelease.keys(point, names).stream().map(finer.keys()::indexOf).toList();
    List<Integer> statistics =
        FinerRelease.statistics(point, names).stream().map(finer.statistics()::indexOf).toList();
    if (keys.contains(-1) || statistics.contains(-1)) {
      return Optional.empty();
    }
    Regrouping regrouping = new Regrouping(finer, point, keys, statistics);
    return regrouping.cutsNobody(calibration) && regrouping.isAsAccurate(calibration)
        ? Optional.of(regrouping)
        : Optional.empty();
  }

  /**
   * Whether a release could answer it at all: what is asked adds up, over groups that are known.
   */
  public static boolean isOf(NoisyPoint point) {
    boolean addsUp = point.values().isEmpty() && !point.statistics().isEmpty();
    boolean known = point.isGlobal() || point.publicKeys().orElse(null) instanceof DeclaredKeys;
    return addsUp && known;
  }

  private IntStream dropped() {
    return IntStream.range(0, finer.keys().size()).filter(i -> !keys.contains(i));
  }

  /** How many of the release's groups each group of the question is the sum of. */
  private long parts() {
    return dropped().mapToLong(i -> finer.sizes().get(i)).reduce(1, Math::multiplyExact);
  }

  private boolean cutsNobody(Calibration calibration) {
    boolean whole = dropped().allMatch(i -> finer.confined().get(i));
    if (point.singleRows() || finer.singleRows()) {
      return whole && point.singleRows() == finer.singleRows();
    }
    long all = finer.sizes().stream().reduce(1L, Math::multiplyExact);
    // A person may be in several of the groups that are added up.
    boolean persons = point.statistics().stream().anyMatch(s -> s.kind() == Statistic.Kind.UNITS);
    return whole
        && !persons
        && finer.groups() >= all
        && finer.rows() >= calibration.bounds().perGroup();
  }

  private boolean isAsAccurate(Calibration calibration) {
    List<Double> fresh = FinerRelease.deviations(point, calibration);
    double more = Math.sqrt((double) parts());
    return IntStream.range(0, statistics.size())
        .allMatch(i -> more * finer.deviations().get(statistics.get(i)) <= fresh.get(i));
  }

  /** The question's groups as they would be recorded, from the finer release's recorded rows. */
  public List<InternalRow> rows(List<UnsafeRow> recorded) {
    Map<InternalRow, double[]> sums = new HashMap<>();
    for (UnsafeRow row : recorded) {
      double[] sum = sums.computeIfAbsent(key(row), key -> new double[statistics.size()]);
      int first = finer.shown() + finer.keys().size();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += row.getDouble(first + statistics.get(i));
      }
    }
    Layout layout = point.layout();
    NoisyColumns columns = new NoisyColumns(layout);
    List<InternalRow> rows = new ArrayList<>();
    sums.forEach(
        (key, sum) -> {
          List<Double> numbers = Arrays.stream(sum).boxed().toList();
          NoisyNumbers noisy = new NoisyNumbers(layout, numbers, List.of());
          rows.add(RecordedGroup.row(layout, columns.row(key, noisy), key, noisy));
        });
    return rows;
  }

  private InternalRow key(UnsafeRow row) {
    Object[] key = new Object[keys.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] =
          InternalRow.copyValue(
              row.get(finer.shown() + keys.get(i), point.keys().get(i).dataType()));
    }
    return new GenericInternalRow(key);
  }
}
