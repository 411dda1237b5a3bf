/**
 * What may stand in a log. Enters: what Sallyport, Spark and libraries say. Leaves: what cannot
 * quote a literal, a row or a token; and, in a file that is the operator's alone, why operations
 * failed. Never: a text of a logger that nobody looked at.
 */
package io.sallyport.connect.server.log;
