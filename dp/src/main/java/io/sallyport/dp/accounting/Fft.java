package io.sallyport.dp.accounting;

/**
 * The discrete Fourier transform of complex sequences of one power-of-two length, in place: Cooley
 * and Tukey's radix-2 algorithm with exact-index twiddle factors. Immutable tables; thread-safe.
 */
final class Fft {
  private final int size;
  private final double[] cosines;
  private final double[] sines;

  /** For sequences of length {@code size}, a power of two. */
  Fft(int size) {
    this.size = size;
    cosines = new double[size / 2];
    sines = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      double angle = 2 * Math.PI * i / size;
      cosines[i] = Math.cos(angle);
      sines[i] = Math.sin(angle);
    }
  }

  /** Replaces (re, im) by the sums of (re + i im) e^(-2 pi i j k / size). */
  void forward(double[] re, double[] im) {
    permute(re, im);
    for (int half = 1; half < size; half *= 2) {
      int stride = size / (2 * half);
      for (int block = 0; block < size; block += 2 * half) {
        butterflies(re, im, block, half, stride);
      }
    }
  }

  private void butterflies(double[] re, double[] im, int block, int half, int stride) {
    for (int j = 0; j < half; j++) {
      int low = block + j;
      int high = low + half;
      double c = cosines[j * stride];
      double s = -sines[j * stride];
      double x = re[high] * c - im[high] * s;
      double y = re[high] * s + im[high] * c;
      re[high] = re[low] - x;
      im[high] = im[low] - y;
      re[low] += x;
      im[low] += y;
    }
  }

  private void permute(double[] re, double[] im) {
    int shift = Integer.numberOfLeadingZeros(size) + 1;
    for (int i = 0; i < size; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        swap(re, i, j);
        swap(im, i, j);
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double held = values[i];
    values[i] = values[j];
    values[j] = held;
  }
}
