package io.sallyport.spark.artifact;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Seals what is written, segment by segment. Only {@link #finish} writes the segment that says the
 * end: what a crash or an exception leaves behind never opens.
 */
final class SealingStream extends OutputStream {

  private final Envelope envelope;
  private final OutputStream out;
  private final byte[] segment = new byte[Envelope.SEGMENT];
  private int filled;

  SealingStream(Envelope envelope, OutputStream out) throws IOException {
    this.envelope = envelope;
    this.out = out;
    out.write(envelope.header());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      if (filled == segment.length) {
        seal(false);
      }
      int step = Math.min(end - from, segment.length - filled);
      System.arraycopy(bytes, from, segment, filled, step);
      filled += step;
      from += step;
    }
  }

  /** Writes the last segment. Nothing may be written after it. */
  void finish() throws IOException {
    seal(true);
  }

  private void seal(boolean last) throws IOException {
    out.write(envelope.seal(segment, filled, last));
    filled = 0;
  }
}
