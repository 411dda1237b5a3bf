package io.sallyport.dp.mechanism;

import io.sallyport.dp.Require;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.NoiseDistribution;
import io.sallyport.dp.sensitivity.CentredQuantizer;
import io.sallyport.dp.sensitivity.ExactSum;
import java.util.List;

/**
 * The exact sum of z z^T over rows z = (1, centred columns), upper triangle, in integer steps.
 *
 * <p>A row with an absent value is skipped as a whole. Mutable and not thread-safe; merge partial
 * sums instead of sharing one.
 */
public final class GramMatrix {
  private final List<CentredQuantizer> columns;
  private final int size;
  private final ExactSum[] entries;

  GramMatrix(List<CentredQuantizer> columns) {
    this.columns = columns;
    size = columns.size() + 1;
    entries = new ExactSum[size * (size + 1) / 2];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new ExactSum();
    }
  }

  /** Adds one row: the features in order, then the target. */
  public void add(double... row) {
    Require.that(row.length == columns.size(), "one value per column", row.length);
    long[] z = new long[size];
    z[0] = columns.get(0).unit();
    for (int i = 0; i < row.length; i++) {
      if (Double.isNaN(row[i])) {
        return;
      }
      z[i + 1] = columns.get(i).steps(row[i]);
    }
    int at = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        entries[at++].add(z[i] * z[j]);
      }
    }
  }

  /** Adds another partial sum over the same columns. */
  public void merge(GramMatrix other) {
    Require.that(isOver(other.columns), "matrices must have the same columns", other.size);
    for (int i = 0; i < entries.length; i++) {
      entries[i].merge(other.entries[i]);
    }
  }

  boolean isOver(List<CentredQuantizer> others) {
    return columns.equals(others);
  }

  double[][] perturbed(NoiseDistribution noise, EntropySource entropy) {
    double[][] noisy = new double[size][size];
    int at = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        noisy[i][j] = noise.perturb(entries[at++].total(), entropy).doubleValue();
        noisy[j][i] = noisy[i][j];
      }
    }
    return noisy;
  }
}
