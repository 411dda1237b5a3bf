package io.sallyport.spark.admission;

import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;

/**
 * The tokens of a text as Spark's parser reads them, counting its steps: how far it looks ahead at
 * each choice is what parsing costs. The count depends on the text alone, as a clock would not.
 */
final class CountedTokens extends CommonTokenStream {

  private static final long MOST_STEPS = 4_000_000;

  private long left = MOST_STEPS;

  CountedTokens(TokenSource source) {
    super(source);
  }

  @Override
  public Token LT(int offset) {
    count();
    return super.LT(offset);
  }

  @Override
  public void consume() {
    count();
    super.consume();
  }

  /** How many steps were made. */
  long steps() {
    return MOST_STEPS - left;
  }

  private void count() {
    left--;
    if (left < 0) {
      throw TextBounds.beyond("the SQL text takes too long to parse");
    }
  }
}
