/**
 * What Spark's own operators do not do well for bounding what one person contributes: rows of one
 * person enter, sums by group leave, of so many groups at most. Knows neither policies nor noise,
 * so that those who bound and those who check it can both rest on it. Never draws anything.
 */
package io.sallyport.spark.bounding;
