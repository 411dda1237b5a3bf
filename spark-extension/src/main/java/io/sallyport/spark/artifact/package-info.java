/**
 * What was released or is waiting for its owner, at rest. Immutable results enter; encrypted files
 * of any Hadoop filesystem leave, and the same results come back only when not a bit of them has
 * changed. It never decides who may see a result and never overwrites one.
 */
package io.sallyport.spark.artifact;
