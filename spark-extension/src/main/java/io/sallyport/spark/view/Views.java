package io.sallyport.spark.view;

import io.sallyport.policy.settings.Limits;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.sql.classic.SparkSession;

/**
 * The views of every session, for as long as the session lives. Spark Connect's sessions are each
 * one principal's, so views are too; Spark's own catalog knows none of them. Safe for threads.
 */
public final class Views {

  /** Of requests of the largest size, how many the views of one session may be together. */
  private static final int REQUESTS = 4;

  private final long mostBytesOfAQuestion;
  private final long mostBytes;
  private final Map<SparkSession, SessionViews> sessions = new WeakHashMap<>();

  public Views(Limits limits) {
    this.mostBytesOfAQuestion = mostBytes(limits);
    this.mostBytes = REQUESTS * mostBytesOfAQuestion;
  }

  /** Of all plans that the names of one question may stand for: as many as one request has. */
  public static long mostBytes(Limits limits) {
    return (long) limits.planBytes() + limits.localBytes();
  }

  /** The same, of these limits. */
  public long mostBytesOfAQuestion() {
    return mostBytesOfAQuestion;
  }

  /** Those of a session; none at first. */
  public synchronized SessionViews of(SparkSession session) {
    return sessions.computeIfAbsent(session, made -> new SessionViews(mostBytes));
  }
}
