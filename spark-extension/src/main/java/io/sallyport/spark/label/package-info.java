/**
 * Labels. An admitted plan enters; for each node, what its rows and columns are with respect to
 * governed frames leaves, and the points where people get mixed. It is a fold over the plan: it
 * never rewrites, never runs anything, and keeps no state in the tree.
 */
package io.sallyport.spark.label;
