/**
 * What can be told about a plan without asking anybody. Enters: the schema of a frame, fetched
 * once, and the columns that an operator is given. Leaves: the schema after the operator, with gaps
 * where only the server can tell, or a {@link io.sallyport.connect.client.local.LocalError}; never:
 * a request, or an error about a plan that Spark would understand.
 */
package io.sallyport.connect.client.local;
