/**
 * Who may plan and run when, and for how long. Enters: a question, before it is analysed or when it
 * was judged, and whose it is. Leaves: the same question when its turn has come, in its principal's
 * pool of Spark's scheduler, cut off at the operator's limit. Never: looks at plans or data.
 */
package io.sallyport.spark.turn;
