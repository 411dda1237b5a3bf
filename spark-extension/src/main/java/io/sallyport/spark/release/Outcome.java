package io.sallyport.spark.release;

import io.sallyport.spark.rows.ResultDigest;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * What the chamber hands back.
 *
 * @param plan the analyst's remaining plan over what was released; without sealed leaves
 * @param digest tells everything that was released for it from any other
 * @param rows how many rows were released for it
 */
public record Outcome(LogicalPlan plan, ResultDigest digest, long rows) {}
