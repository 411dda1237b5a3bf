package io.sallyport.spark.turn;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * A pool of Spark's scheduler for each principal: with {@code spark.scheduler.mode=FAIR}, each time
 * a task ends the next one is of the principal that has fewest running. A task that runs is not
 * stopped for another, and no core is kept free.
 */
final class Pools {

  private static final String POOL = "spark.scheduler.pool";

  private Pools() {}

  /** Does something, its Spark jobs in the principal's pool. */
  static <T> T inPool(SparkContext context, String principal, Supplier<T> work) {
    String before = context.getLocalProperty(POOL);
    context.setLocalProperty(POOL, "sallyport-" + principal);
    try {
      return work.get();
    } finally {
      context.setLocalProperty(POOL, before);
    }
  }
}
