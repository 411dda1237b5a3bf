package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.view.View;
import java.util.function.Supplier;

/**
 * What the views and kept results of one question come to, each as often as it is named. They share
 * one budget, and each is counted before it is written out: 200 times a view of ten thousand rows
 * of flags is a short text, and gigabytes of rows.
 *
 * <p>Not thread-safe: a question is built on one thread.
 */
public final class WrittenOut {

  private static final ThreadLocal<WrittenOut> QUESTION = new ThreadLocal<>();

  private long operators;
  private long parts;
  private long cells;
  private long bytes;

  /** A budget of its own, of nothing yet. */
  public WrittenOut() {}

  /** That of the question that is built on this thread; outside one, a new one. */
  public static WrittenOut ofQuestion() {
    WrittenOut open = QUESTION.get();
    return open == null ? new WrittenOut() : open;
  }

  /** Builds a question, or a part of one; all its parts share a budget. */
  static <T> T building(Supplier<T> work) {
    if (QUESTION.get() != null) {
      return work.get();
    }
    QUESTION.set(new WrittenOut());
    try {
      return work.get();
    } finally {
      QUESTION.remove();
    }
  }

  /**
   * Counts the bytes of a plan that is about to be written out.
   *
   * @param most bytes of all of a question
   * @throws RefusedException LIMIT_EXCEEDED
   */
  public void addBytes(long more, long most) {
    bytes += more;
    if (bytes > most) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "the query has too many bytes once its views and kept results are put in their places"
              + " (limit.plan-bytes and limit.local-bytes together)",
          "at most " + most + ": a view or result named fewer times, or one with fewer rows");
    }
  }

  /**
   * Counts the rest of it.
   *
   * @throws RefusedException LIMIT_EXCEEDED
   */
  public void add(View.Size size) {
    operators += size.operators();
    parts += size.parts();
    cells += size.cells();
    ExpandedSize.requireBounded(operators, parts, cells);
  }
}
