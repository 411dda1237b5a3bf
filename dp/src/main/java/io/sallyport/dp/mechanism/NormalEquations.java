package io.sallyport.dp.mechanism;

import java.util.Optional;

/** The equations A b = c of least squares, from a noisy Gram matrix. Post-processing only. */
final class NormalEquations {
  private final double[][] matrix;
  private final double[] right;

  private NormalEquations(double[][] matrix, double[] right) {
    this.matrix = matrix;
    this.right = right;
  }

  /** The last row and column of {@code gram} belong to the target. */
  static NormalEquations of(double[][] gram, double unit) {
    int size = gram.length - 1;
    double[][] matrix = new double[size][size];
    double[] right = new double[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        matrix[i][j] = gram[i][j] / unit;
      }
      right[i] = gram[i][size] / unit;
    }
    return new NormalEquations(matrix, right);
  }

  /**
   * The solution with {@code ridge} on the slopes; if noise has made the matrix indefinite, its
   * deviation is added to the diagonal and doubled until it is positive definite.
   */
  double[] solve(double ridge, double deviation) {
    double repair = 0;
    while (true) {
      Optional<double[]> solution = cholesky(ridge, repair);
      if (solution.isPresent()) {
        return solution.get();
      }
      repair = repair == 0 ? Math.max(deviation, 1e-9) : 2 * repair;
    }
  }

  private Optional<double[]> cholesky(double ridge, double repair) {
    int size = right.length;
    double[][] lower = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j] - dot(lower[i], lower[j], j);
        if (i == j) {
          sum += repair + (i == 0 ? 0 : ridge);
          if (!(sum > 1e-12 * Math.abs(matrix[i][i]) && sum > 0)) {
            return Optional.empty();
          }
          lower[i][i] = Math.sqrt(sum);
        } else {
          lower[i][j] = sum / lower[j][j];
        }
      }
    }
    return Optional.of(substitute(lower));
  }

  private double[] substitute(double[][] lower) {
    int size = right.length;
    double[] forward = new double[size];
    for (int i = 0; i < size; i++) {
      forward[i] = (right[i] - dot(lower[i], forward, i)) / lower[i][i];
    }
    double[] solution = new double[size];
    for (int i = size - 1; i >= 0; i--) {
      double sum = forward[i];
      for (int j = i + 1; j < size; j++) {
        sum -= lower[j][i] * solution[j];
      }
      solution[i] = sum / lower[i][i];
    }
    return solution;
  }

  private static double dot(double[] a, double[] b, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
