/**
 * How many people have which value, told apart as far as few do: an aggregate function of Spark and
 * what it gives. Knows neither policies nor plans, so that those who ask with it and those who
 * check what is asked can both rest on it.
 */
package io.sallyport.spark.frequency;
