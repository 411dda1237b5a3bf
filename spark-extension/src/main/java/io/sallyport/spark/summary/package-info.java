/**
 * {@code describe} and {@code summary}. Enters: an analysed, admitted plan and the statistics that
 * are asked for; leaves: one aggregate over the plan, turned into Spark's table of one row for each
 * statistic. Never: runs anything, or treats the aggregate otherwise than one that an analyst
 * wrote.
 */
package io.sallyport.spark.summary;
