package io.sallyport.spark.seal;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.sql.SparkSession;

/**
 * Which Spark sessions are ours: the chamber's. Every other session is an analyst's as far as the
 * seal is concerned, whoever opened it.
 */
public final class InternalSessions {

  private final Set<SparkSession> sessions =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Opens a session of the given session's family that may read governed data. */
  public org.apache.spark.sql.classic.SparkSession open(
      org.apache.spark.sql.classic.SparkSession family) {
    org.apache.spark.sql.classic.SparkSession session = family.newSession();
    sessions.add(session);
    return session;
  }

  public boolean contains(SparkSession session) {
    return sessions.contains(session);
  }
}
