package io.sallyport.spark.answer;

import io.sallyport.spark.record.Shown;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A plan that may run in the analyst's session, and what of governed data is in it.
 *
 * @param plan holds no sealed leaf
 * @param shown for the record
 */
public record Answer(LogicalPlan plan, Shown shown) {}
