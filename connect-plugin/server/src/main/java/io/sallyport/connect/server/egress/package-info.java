/**
 * What leaves the server. Enters: every response and every final status that Spark wants to send.
 * Leaves: schemas without metadata, Arrow batches, the relation of an SQL command, completion, and
 * texts that are ours or constant. Never: metrics, progress, Spark's error texts, trailers or stack
 * traces.
 */
package io.sallyport.connect.server.egress;
