package io.sallyport.dp.selection;

import io.sallyport.dp.Require;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.sampling.EntropySource;
import java.util.List;

/**
 * A minimum group size that keeps differential privacy.
 *
 * <p>A key with fewer than {@code minimum} units is never shown; a key with n units is given to the
 * inner strategy as n - (minimum - 1). Guarantee: that of the inner strategy, because the shift
 * moves neighbours by at most as much as the counts themselves. Immutable and thread-safe. Source:
 * Google's pre-thresholding note; the argument is one line.
 *
 * @param minimum at least 1
 * @param inner decides on what is left
 */
public record PreThreshold(long minimum, PartitionSelection inner) implements PartitionSelection {

  /** Checks the range; public keys have nothing to threshold and are refused. */
  public PreThreshold {
    Require.between("minimum group size", minimum, 1, 1L << 40);
    Require.that(
        !(inner instanceof PublicPartitions),
        "a minimum group size needs a selection that spends budget",
        minimum);
  }

  @Override
  public boolean keeps(long units, EntropySource entropy) {
    return units >= minimum && inner.keeps(units - (minimum - 1), entropy);
  }

  @Override
  public double keepProbability(long units) {
    return units < minimum ? 0 : inner.keepProbability(units - (minimum - 1));
  }

  @Override
  public long threshold() {
    return inner.threshold() + minimum - 1;
  }

  @Override
  public List<PrivacyLoss> losses() {
    return inner.losses();
  }
}
