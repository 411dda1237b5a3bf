package io.sallyport.dp.selection;

import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.EntropySource;
import java.io.Serializable;
import java.util.List;

/**
 * Decides which group keys of a private key column are shown.
 *
 * <p>Guarantee: the decisions for all keys together cost {@link #losses()} under add/remove of one
 * privacy unit, if each unit counts in at most the number of groups that the strategy was built
 * for. Implementations are immutable and thread-safe.
 */
public sealed interface PartitionSelection extends Serializable
    permits PublicPartitions,
        ThresholdSelection,
        TruncatedGeometricSelection,
        PreThreshold,
        NoisyMinimum {

  /** True if the key of a group with this many distinct units is shown. */
  boolean keeps(long units, EntropySource entropy);

  /**
   * The probability that {@link #keeps} is true, free to tell: to about ten digits, or within one
   * unit of the count for Gaussian noise.
   */
  double keepProbability(long units);

  /** The number of units from which a key is more likely shown than not. */
  long threshold();

  /** What the decisions for all keys cost together. */
  List<PrivacyLoss> losses();
}
