/**
 * Servers in bad weather. Enters: a whole server over a directory, which is killed, loses its
 * database, is crowded or finds its files damaged. Leaves: what was acknowledged, compared with
 * what there is. Never: a mock of anything that keeps state.
 */
package io.sallyport.spark.weather;
