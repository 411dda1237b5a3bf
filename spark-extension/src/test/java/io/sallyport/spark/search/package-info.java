/**
 * A search for exact answers that single somebody out: random questions on random small databases,
 * judged from outside, by SQL in and rows or refusals out.
 */
package io.sallyport.spark.search;
