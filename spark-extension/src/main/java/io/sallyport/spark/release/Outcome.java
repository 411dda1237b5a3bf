package io.sallyport.spark.release;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * What the chamber hands back.
 *
 * @param plan the analyst's remaining plan over what was released; without sealed leaves
 * @param resultHash names everything that was released for it
 * @param rows how many rows were released for it
 */
public record Outcome(LogicalPlan plan, String resultHash, long rows) {}
