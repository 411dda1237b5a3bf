/**
 * What governance costs. Enters: a folder for a generated table. Leaves: a table of times and of
 * ratios to plain Spark, measured in one JVM. Never: a figure without the run that made it.
 */
package io.sallyport.examples.benchmark;
