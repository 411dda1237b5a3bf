/**
 * Plans in plain English. Analysed plans with sealed leaves enter; text for owners leaves, complete
 * or marked as cut. It never reads a frame's rows and never leaves out an operator or an expression
 * because it does not know it.
 */
package io.sallyport.spark.release.words;
