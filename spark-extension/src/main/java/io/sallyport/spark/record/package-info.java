/**
 * What goes on record. Enters: a question and what became of it. Leaves: one record in the audit
 * log, before the analyst learns anything. Never: a row of any frame.
 */
package io.sallyport.spark.record;
