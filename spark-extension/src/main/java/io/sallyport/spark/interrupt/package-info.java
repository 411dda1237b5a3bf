/**
 * Tasks that end when they are killed. Enters: a physical plan. Leaves: the same, whose joins look
 * every few thousand pairs whether their task is to end. Never: changes an answer.
 */
package io.sallyport.spark.interrupt;
