/** Analysts' temporary views: names for plans, each in the memory of one session. */
package io.sallyport.spark.view;
