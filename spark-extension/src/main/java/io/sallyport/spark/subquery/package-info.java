/**
 * Scalar subqueries. An analysed plan with subqueries in its expressions enters; the same question
 * leaves with each of them joined as a plan of one row. So every station after this one meets plain
 * operators only: no walk over a plan can overlook what an expression hides.
 */
package io.sallyport.spark.subquery;
