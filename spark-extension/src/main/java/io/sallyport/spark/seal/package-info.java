/**
 * The seal. Names of tables enter, leaves without rows leave; and every plan that is about to run
 * in a session that is not the chamber's is checked for leaves that hold governed rows. It never
 * reads a row and never rewrites a plan.
 */
package io.sallyport.spark.seal;
