/**
 * {@code df.crosstab}. Enters: an analysed, admitted plan and the names of two columns; leaves: one
 * aggregate by both, and above it one column for each value that the second one is known to have.
 * At the end of a query the values are those of the counts that were released. Never: looks at rows
 * that were not released to find out which values there are.
 */
package io.sallyport.spark.crosstab;
