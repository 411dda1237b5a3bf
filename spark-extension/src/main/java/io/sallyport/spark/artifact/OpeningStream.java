package io.sallyport.spark.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.crypto.AEADBadTagException;

/**
 * Opens what {@link SealingStream} sealed. Every byte it gives was authenticated; that no byte is
 * missing at the end is known only when it has given the last one.
 */
final class OpeningStream extends InputStream {

  private final String artifactId;
  private final InputStream in;
  private final Envelope envelope;
  private final byte[] sealed = new byte[Envelope.SEGMENT + Envelope.TAG + 1];
  private int ahead;
  private byte[] plain = new byte[0];
  private int position;
  private boolean ended;

  /**
   * @throws CorruptArtifactException when the stream does not start as an artifact does
   */
  OpeningStream(ArtifactKey key, String artifactId, InputStream in) throws IOException {
    this.artifactId = artifactId;
    this.in = in;
    this.envelope = Envelope.opening(key, artifactId, in.readNBytes(Envelope.HEADER));
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * @throws CorruptArtifactException when the next segment is not the one that was written there
   * @throws UncheckedIOException when it cannot be read
   */
  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    while (position == plain.length) {
      if (ended) {
        return -1;
      }
      next();
    }
    int step = Math.min(length, plain.length - position);
    System.arraycopy(plain, position, bytes, offset, step);
    position += step;
    return step;
  }

  /** An error of the disk is not one of the content, whatever reads the content makes of it. */
  private int more() {
    try {
      return in.readNBytes(sealed, ahead, sealed.length - ahead);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A segment is the last when no byte follows it, so one byte more than a segment is read. */
  private void next() {
    int length = ahead + more();
    boolean last = length < sealed.length;
    int segment = last ? length : length - 1;
    try {
      plain = envelope.open(sealed, segment, last);
    } catch (AEADBadTagException e) {
      throw new CorruptArtifactException(
          artifactId, "was changed or cut, or is another's, or is sealed under another key", e);
    }
    position = 0;
    ended = last;
    if (!last) {
      sealed[0] = sealed[length - 1];
      ahead = 1;
    }
  }
}
