/**
 * Rows that are kept. Rows that were released or are to be decided on enter, as rows or packed into
 * chunks on executors; the same rows leave in the same order, as an immutable list or as a relation
 * that no query can change. Many of them are never in the driver's heap all at once, and nothing
 * here knows what they mean.
 */
package io.sallyport.spark.rows;
