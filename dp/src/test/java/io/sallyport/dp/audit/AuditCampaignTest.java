package io.sallyport.dp.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.mechanism.Count;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.KeyedEntropy;
import io.sallyport.dp.sampling.ReleaseSecret;
import io.sallyport.dp.selection.TruncatedGeometricSelection;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The audits on fresh and on keyed entropy, with enough samples to see noise short by 3 %. */
@Tag("campaign")
class AuditCampaignTest {
  private static final int N = 4_000_000;

  @Test
  void count_onFreshEntropy() {
    try (EntropySource entropy = EntropySource.fresh()) {
      Count count = Count.of(ContributionBounds.SINGLE, MechanismAuditTest.LAPLACE);
      double bound =
          Audit.epsilon(() -> count.release(8, entropy), () -> count.release(7, entropy), 0, N);
      assertThat(bound).isBetween(0.97, 1.0);
      Count off = Count.of(ContributionBounds.SINGLE, new NoiseBudget.Laplace(Epsilon.of("1.03")));
      assertThat(Audit.epsilon(() -> off.release(8, entropy), () -> off.release(7, entropy), 0, N))
          .isGreaterThan(1.0);
    }
  }

  @Test
  void count_gaussian_onFreshEntropy() {
    try (EntropySource entropy = EntropySource.fresh()) {
      Count count = Count.of(ContributionBounds.SINGLE, MechanismAuditTest.GAUSSIAN);
      assertThat(
              Audit.epsilon(
                  () -> count.release(8, entropy), () -> count.release(7, entropy), 0.01, N))
          .isLessThanOrEqualTo(1.0);
    }
  }

  /** Ten million groups, each with noise derived from its key: the draws must be independent. */
  @Test
  void count_onKeyedEntropy_overTenMillionGroups() {
    KeyedEntropy entropy = ReleaseSecret.draw().entropy();
    Count count = Count.of(ContributionBounds.SINGLE, MechanismAuditTest.LAPLACE);
    TruncatedGeometricSelection selection =
        TruncatedGeometricSelection.of(1, Epsilon.of("1"), Delta.of("1e-9"));
    byte[] key = new byte[16];
    long groups = 10_000_000;
    double product = 0;
    double last = 0;
    double squares = 0;
    for (long i = 0; i < groups; i++) {
      ByteBuffer.wrap(key).putLong(i);
      entropy.seek(key);
      assertThat(selection.keeps(0, entropy)).isFalse();
      double noise = count.release(0, entropy);
      product += noise * last;
      squares += noise * noise;
      last = noise;
    }
    // Variance 1.841 with deviation 4.0 of the square; correlation of neighbours 1 / sqrt(n): 7
    // sigma.
    assertThat(squares / groups).isBetween(1.832, 1.850);
    assertThat(Math.abs(product / squares)).isLessThan(7 / Math.sqrt((double) groups));
  }
}
