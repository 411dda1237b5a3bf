/**
 * Where rewritten plans come back from Spark's planner. Enters: an extension message that the gate
 * put into the plan. Leaves: a call of {@code spark.GovernedQueries} and the plan that it gives.
 * Never: reads a client's own extension, nor decides anything itself.
 */
package io.sallyport.connect.server.relation;
