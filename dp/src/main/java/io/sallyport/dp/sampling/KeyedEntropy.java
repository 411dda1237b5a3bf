package io.sallyport.dp.sampling;

/**
 * The noise of a release, addressed by group key: the same secret and the same key give the same
 * words, whichever task, attempt or thread asks.
 *
 * <p>The stream of a group is the inverse of AES-256 over counters, starting at AES-256-CMAC(key)
 * under an independent key. Two of n groups share words only if their counters fall within a
 * stream's length l of each other: at most n^2 l / 2^128, that is below 2^-60 for 2^24 groups of
 * 2^20 words. Not thread-safe.
 */
public final class KeyedEntropy extends EntropySource {
  /** A first helping of 16 words serves most groups; longer streams are drawn in larger ones. */
  private static final int FIRST_BLOCKS = 8;

  private static final int MOST_BLOCKS = 1024;

  private final CounterBlocks blocks;
  private final AesCmac position;
  private int helping = FIRST_BLOCKS;
  private boolean positioned;

  KeyedEntropy(byte[] streamKey, byte[] positionKey) {
    blocks = new CounterBlocks(streamKey, MOST_BLOCKS);
    position = new AesCmac(positionKey);
  }

  /**
   * Moves to the start of the stream of {@code groupKey}.
   *
   * @param groupKey an unambiguous encoding of the release point and the group's key columns
   */
  public void seek(byte[] groupKey) {
    byte[] tag = position.tag(groupKey);
    blocks.seek(word(tag, 0), word(tag, Long.BYTES));
    helping = FIRST_BLOCKS;
    positioned = true;
    discard();
  }

  @Override
  long[] refill() {
    if (!positioned) {
      throw new IllegalStateException("seek must name a group before words are drawn");
    }
    long[] words = new long[2 * helping];
    blocks.next(words, helping);
    helping = Math.min(MOST_BLOCKS, 2 * helping);
    return words;
  }

  private static long word(byte[] bytes, int from) {
    long word = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      word = (word << 8) | (bytes[i] & 0xff);
    }
    return word;
  }

  @Override
  public void close() {
    super.close();
    blocks.wipe();
    positioned = false;
  }
}
