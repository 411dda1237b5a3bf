package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.selection.PartitionSelection;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * From one exact group to what is released of it: whether its key is shown, then noise for each
 * number. The same on the driver and on executors; they differ in where the entropy is from.
 *
 * @param noise of each statistic and then of each count of values
 * @param selection one, or none when all groups are shown
 * @param minimums the fewest persons of each frame that a group must rest on to be shown
 */
record GroupNoise(
    Layout layout,
    List<NoisyRelease> noise,
    List<PartitionSelection> selection,
    List<Minimum> minimums)
    implements Serializable {

  /** So many persons of one frame, which has this place among those that are counted. */
  record Minimum(int frame, long people) implements Serializable {}

  GroupNoise {
    noise = List.copyOf(noise);
    selection = List.copyOf(selection);
    minimums = List.copyOf(minimums);
  }

  /**
   * The group as a {@link RecordedGroup}; empty when it is not shown.
   *
   * @param values for each of the layout's values, how often each value was counted
   */
  Optional<InternalRow> release(
      ExactGroup group, List<Map<Long, Long>> values, NoisyColumns columns, EntropySource entropy) {
    if (!isShown(group, entropy)) {
      return Optional.empty();
    }
    NoisyNumbers noisy =
        new NoisyNumbers(layout, noisySums(group, entropy), noisyValues(values, entropy));
    return Optional.of(
        RecordedGroup.row(layout, columns.row(group.key(), noisy), group.key(), noisy));
  }

  private boolean isShown(ExactGroup group, EntropySource entropy) {
    return selection.isEmpty() || selection.get(0).keeps(people(group), entropy);
  }

  /** What selection compares: with several minimums, what the tightest of them leaves. */
  private long people(ExactGroup group) {
    long largest = minimums.stream().mapToLong(Minimum::people).max().orElse(0);
    if (largest <= 1) {
      return group.units();
    }
    long spare = group.units() - 1;
    for (Minimum minimum : minimums) {
      spare = Math.min(spare, group.unitsOf().get(minimum.frame()) - minimum.people());
    }
    return spare + largest;
  }

  private List<Double> noisySums(ExactGroup group, EntropySource entropy) {
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < layout.statistics().size(); i++) {
      BigInteger noisy = noise.get(i).noise().perturb(group.steps().get(i), entropy);
      sums.add(noisy.doubleValue() * layout.statistics().get(i).step());
    }
    return sums;
  }

  private List<DoubleUnaryOperator> noisyValues(
      List<Map<Long, Long>> counts, EntropySource entropy) {
    List<DoubleUnaryOperator> noisy = new ArrayList<>();
    for (int i = 0; i < layout.values().size(); i++) {
      Values values = layout.values().get(i);
      NoisyRelease part = noise.get(layout.statistics().size() + i);
      noisy.add(values.noisy(counts.get(i), part, entropy));
    }
    return noisy;
  }
}
