package io.sallyport.connect.server.gate;

/**
 * Which operation is meant. Spark knows one by all three: the same operation id in two sessions is
 * two operations.
 *
 * @param principal the name of the one whose it is
 * @param session the Connect session id
 * @param operation the Connect operation id
 */
record OperationKey(String principal, String session, String operation) {}
