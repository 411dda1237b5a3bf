/** A part of the rows, as {@code df.sample} and {@code df.randomSplit} take it. */
package io.sallyport.spark.sample;
