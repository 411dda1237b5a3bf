package io.sallyport.spark.turn;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * A pool of Spark's scheduler for each principal: with {@code spark.scheduler.mode=FAIR}, each time
 * a task ends the next one is of the principal that has fewest running. That a task which runs is
 * stopped for another is the affair of {@link Preemption}.
 */
final class Pools {

  private static final String POOL = "spark.scheduler.pool";

  private static final String PREFIX = "sallyport-";

  private Pools() {}

  /** Whether a pool is a principal's. */
  static boolean isPrincipals(String pool) {
    return pool.startsWith(PREFIX);
  }

  /** The pool of a principal. */
  static String of(String principal) {
    return PREFIX + principal;
  }

  /** Whatever this thread starts from now on is in the principal's pool. */
  static void join(SparkContext context, String principal) {
    context.setLocalProperty(POOL, of(principal));
  }

  /** Does something, its Spark jobs in the principal's pool. */
  static <T> T inPool(SparkContext context, String principal, Supplier<T> work) {
    String before = context.getLocalProperty(POOL);
    join(context, principal);
    try {
      return work.get();
    } finally {
      context.setLocalProperty(POOL, before);
    }
  }
}
