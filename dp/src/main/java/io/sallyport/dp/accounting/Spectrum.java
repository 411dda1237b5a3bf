package io.sallyport.dp.accounting;

import java.util.Arrays;

/**
 * A running product of Fourier transforms of real sequences, of which half is kept.
 *
 * <p>Sequences are placed around the circle of {@code size} points by their grid numbers. Mutable;
 * one thread.
 */
final class Spectrum {
  private final int size;
  private final Fft fft;
  private final double[] re;
  private final double[] im;
  private final double[] workRe;
  private final double[] workIm;

  Spectrum(int size) {
    this.size = size;
    fft = new Fft(size);
    re = new double[size / 2 + 1];
    im = new double[size / 2 + 1];
    workRe = new double[size];
    workIm = new double[size];
    Arrays.fill(re, 1);
  }

  /** Multiplies by two real sequences, transformed together as one complex sequence. */
  void multiply(GridLoss a, GridLoss b) {
    place(a, workRe);
    place(b, workIm);
    fft.forward(workRe, workIm);
    for (int k = 0; k <= size / 2; k++) {
      int mirror = (size - k) & (size - 1);
      double aRe = (workRe[k] + workRe[mirror]) / 2;
      double aIm = (workIm[k] - workIm[mirror]) / 2;
      double bRe = (workIm[k] + workIm[mirror]) / 2;
      double bIm = (workRe[mirror] - workRe[k]) / 2;
      times(k, aRe * bRe - aIm * bIm, aRe * bIm + aIm * bRe);
    }
  }

  /** Multiplies by the {@code count}-th power of one real sequence's transform. */
  void multiply(GridLoss loss, long count) {
    place(loss, workRe);
    Arrays.fill(workIm, 0);
    fft.forward(workRe, workIm);
    for (int k = 0; k <= size / 2; k++) {
      power(k, workRe[k], workIm[k], count);
    }
  }

  private void power(int k, double baseRe, double baseIm, long count) {
    double x = baseRe;
    double y = baseIm;
    for (long left = count; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        times(k, x, y);
      }
      double square = x * x - y * y;
      y = 2 * x * y;
      x = square;
    }
  }

  private void times(int k, double x, double y) {
    double product = re[k] * x - im[k] * y;
    im[k] = re[k] * y + im[k] * x;
    re[k] = product;
  }

  /** The sequence whose transform is the product, from grid number {@code first} on. */
  double[] inverse(long first) {
    for (int k = 0; k < size; k++) {
      int kept = k <= size / 2 ? k : size - k;
      workRe[k] = re[kept];
      // The inverse transform is the conjugate of the transform of the conjugate.
      workIm[k] = k <= size / 2 ? -im[kept] : im[kept];
    }
    fft.forward(workRe, workIm);
    double[] sequence = new double[size];
    for (int i = 0; i < size; i++) {
      sequence[i] = Math.max(0, workRe[(int) Math.floorMod(first + i, (long) size)] / size);
    }
    return sequence;
  }

  private void place(GridLoss loss, double[] circle) {
    Arrays.fill(circle, 0);
    double[] mass = loss.mass();
    for (int i = 0; i < mass.length; i++) {
      circle[(loss.first() + i) & (size - 1)] += mass[i];
    }
  }
}
