/**
 * The first station of a call. Enters: a gRPC call with a credential. Leaves: the same call under
 * the principal whose credential it is, in a session and an operation that are the principal's, or
 * a refusal. Never: looks at a message before the caller is known, nor forwards what it does not
 * know.
 */
package io.sallyport.connect.server.gate;
