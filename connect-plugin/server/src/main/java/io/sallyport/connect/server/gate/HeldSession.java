package io.sallyport.connect.server.gate;

import java.time.Instant;

/**
 * A session that Spark Connect holds at this moment.
 *
 * @param principal the name of the one whose it is
 * @param session the Connect session id
 * @param lastCall when a call last came for it
 * @param hasOperations whether an operation of it runs, or has results that were not released
 */
record HeldSession(String principal, String session, Instant lastCall, boolean hasOperations) {}
