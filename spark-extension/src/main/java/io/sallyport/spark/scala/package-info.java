/**
 * Where Java meets Scala. Catalyst's collections enter, Java's leave, and back. Nothing here knows
 * what a plan means, and no other package imports Scala's collections.
 */
package io.sallyport.spark.scala;
