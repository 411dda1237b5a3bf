package io.sallyport.dp.selection;

import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.EntropySource;
import java.util.List;

/**
 * Keys from a public list: all are shown, also those that no unit brought, and nothing is spent.
 *
 * <p>Assumes that the list does not depend on governed data, that keys outside it are dropped, and
 * that listed keys without rows are released with noise like the others. Immutable and thread-safe.
 */
public record PublicPartitions() implements PartitionSelection {

  @Override
  public boolean keeps(long units, EntropySource entropy) {
    return true;
  }

  @Override
  public double keepProbability(long units) {
    return 1;
  }

  @Override
  public long threshold() {
    return 0;
  }

  @Override
  public List<PrivacyLoss> losses() {
    return List.of();
  }
}
