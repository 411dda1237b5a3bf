/**
 * The owners' desk beside the gate. Enters: what a person at the desk wants to see or do. Leaves:
 * what the governed queries give that person, and their refusals in the desk's words. Never: an
 * analyst's call; nothing of it is reachable from a session.
 */
package io.sallyport.connect.server.desk;
