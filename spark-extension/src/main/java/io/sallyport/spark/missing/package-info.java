/** Missing values dropped, filled and replaced, as {@code df.na} does. */
package io.sallyport.spark.missing;
