/**
 * How Sallyport gets into a SparkContext. Enters: the Spark conf of a driver that starts. Leaves:
 * an installation, a conf with every part of Sallyport in it, or a driver that does not start and
 * says which line is missing or contradicts. Never: starts with a part left out.
 */
package io.sallyport.connect.server.plugin;
