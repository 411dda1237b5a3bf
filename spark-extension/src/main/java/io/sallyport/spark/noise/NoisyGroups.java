package io.sallyport.spark.noise;

import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.ReleaseSecret;
import io.sallyport.policy.frame.FrameName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * From exact groups to released ones: selects keys and adds noise, once for each number.
 *
 * <p>Guarantee: what leaves {@link #release} is private by the losses of the calibration, if the
 * groups came from {@link BoundedQuery} with its bounds. Every call is a new release. So it is with
 * what leaves {@link #keyed}, for every secret.
 *
 * @param minimums the fewest persons of each frame that a group must rest on to be shown
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
    GroupNoise noise = noise();
    NoisyColumns columns = new NoisyColumns(point.layout());
    CountedValues counted = CountedValues.of(point, values);
    List<InternalRow> released = new ArrayList<>();
    for (ExactGroup group : groups(exact, table)) {
      noise.release(group, counted.of(group.key()), columns, entropy).ifPresent(released::add);
    }
    return released;
  }

  /**
   * The same for {@link WholeGroups}, on executors, where the groups are: which groups there are
   * must not be public, because only those that were counted are looked at.
   */
  public KeyedGroups keyed(ReleaseSecret secret) {
    if (point.hasPublicGroups()) {
      throw new IllegalArgumentException("Public groups are released on the driver");
    }
    return new KeyedGroups(noise(), frames.size(), secret);
  }

  private GroupNoise noise() {
    List<GroupNoise.Minimum> fewest = new ArrayList<>();
    minimums.forEach(
        (frame, people) -> fewest.add(new GroupNoise.Minimum(frames.indexOf(frame), people)));
    return new GroupNoise(
        point.layout(), calibration.noise(), calibration.selection().stream().toList(), fewest);
  }

  /** The groups as counted; where groups are public, those of nobody too. */
  List<ExactGroup> groups(List<InternalRow> exact, List<InternalRow> table) {
    Layout layout = point.layout();
    List<ExactGroup> groups =
        exact.stream().map(row -> ExactGroup.of(row, layout, frames.size())).toList();
    if (point.publicKeys().isEmpty()) {
      return groups;
    }
    Map<InternalRow, ExactGroup> byKey = new HashMap<>();
    groups.forEach(group -> byKey.put(group.key(), group));
    ExactGroup nobody = ExactGroup.nobody(layout, frames.size());
    List<InternalRow> keys =
        point.publicKeys().get() instanceof DeclaredKeys declared
            ? declared.rows()
            : table.stream().map(point::key).toList();
    return keys.stream().map(key -> byKey.getOrDefault(key, nobody.at(key))).toList();
  }
}
