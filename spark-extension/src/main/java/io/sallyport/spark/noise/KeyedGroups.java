package io.sallyport.spark.noise;

import io.sallyport.dp.sampling.KeyedEntropy;
import io.sallyport.dp.sampling.ReleaseSecret;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CollationKey;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Releases {@link WholeGroups} on executors: keys are selected and noise is drawn from what the
 * release's secret makes of a group's keys.
 *
 * <p>Guarantee: the same secret and the same exact group give the same released group, whichever
 * task, attempt or job asks, and however often; two groups share no noise, nor do two secrets. The
 * secret travels with the task and is in no plan.
 */
public final class KeyedGroups implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {

  private static final long serialVersionUID = 1L;

  private final GroupNoise noise;
  private final int frames;
  private final ReleaseSecret secret;

  KeyedGroups(GroupNoise noise, int frames, ReleaseSecret secret) {
    this.noise = noise;
    this.frames = frames;
    this.secret = secret;
  }

  /** Released groups as {@link RecordedGroup}s, for counted ones. */
  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> counted) {
    KeyedEntropy entropy = secret.entropy();
    TaskContext task = TaskContext.get();
    if (task != null) {
      TaskCompletionListener wipe = ended -> entropy.close();
      task.addTaskCompletionListener(wipe);
    }
    UnsafeProjection name = UnsafeProjection.create(Scala.<Expression>seq(keys()));
    NoisyColumns columns = new NoisyColumns(noise.layout());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(counted, Spliterator.ORDERED), false)
        .map(
            row -> {
              entropy.seek(name.apply(row).getBytes());
              ExactGroup group = ExactGroup.of(row, noise.layout(), frames);
              return noise.release(group, values(row), columns, entropy);
            })
        .flatMap(Optional::stream)
        .iterator();
  }

  /**
   * What names a group: keys are of the same types in all rows, so their binary form is unambiguous
   * once strings that a collation takes for equal are one.
   */
  private List<Expression> keys() {
    List<Expression> keys = new ArrayList<>();
    for (Expression key : noise.layout().keys()) {
      Expression own = new BoundReference(keys.size(), key.dataType(), true);
      keys.add(CollationKey.injectCollationKey(own));
    }
    return keys;
  }

  private List<Map<Long, Long>> values(InternalRow row) {
    Layout layout = noise.layout();
    int first = layout.keys().size() + 1 + frames + 2 * layout.statistics().size();
    List<Map<Long, Long>> values = new ArrayList<>();
    for (int i = 0; i < layout.values().size(); i++) {
      Map<Long, Long> counts = new HashMap<>();
      if (!row.isNullAt(first + i)) {
        ArrayData list = row.getArray(first + i);
        for (int j = 0; j < list.numElements(); j++) {
          InternalRow each = list.getStruct(j, 2);
          counts.merge(each.getLong(0), each.getLong(1), Math::addExact);
        }
      }
      values.add(counts);
    }
    return values;
  }
}
