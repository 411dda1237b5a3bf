package io.sallyport.spark.admission;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.misc.Interval;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/**
 * A text as Spark's lexer reads it, counting its steps. A text of open quotes makes the lexer read
 * to the end from each of them; it stops when it has read the text some times over.
 */
final class CountedChars implements CharStream {

  private static final int MOST_TIMES = 16;

  private final CharStream chars;
  private long left;

  CountedChars(String text) {
    this.chars = new UpperCaseCharStream(CharStreams.fromString(text));
    this.left = MOST_TIMES * (text.length() + 64L);
  }

  @Override
  public void consume() {
    left--;
    if (left < 0) {
      throw TextBounds.beyond("the SQL text has too many quotes or comments that do not end");
    }
    chars.consume();
  }

  @Override
  public int LA(int offset) {
    return chars.LA(offset);
  }

  @Override
  public int mark() {
    return chars.mark();
  }

  @Override
  public void release(int marker) {
    chars.release(marker);
  }

  @Override
  public int index() {
    return chars.index();
  }

  @Override
  public void seek(int index) {
    chars.seek(index);
  }

  @Override
  public int size() {
    return chars.size();
  }

  @Override
  public String getText(Interval interval) {
    return chars.getText(interval);
  }

  @Override
  public String getSourceName() {
    return chars.getSourceName();
  }
}
