/**
 * Whether the server lives and can answer, for who keeps it running. Enters: a probe, over HTTP or
 * over gRPC's health protocol. Leaves: what was found last. Never: reaches Spark, a session, the
 * record or data.
 */
package io.sallyport.connect.server.health;
