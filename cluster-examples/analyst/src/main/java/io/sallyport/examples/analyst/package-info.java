/**
 * Programs of analysts and owners. Enters: the address of a governed server and tokens. Leaves:
 * what the server released, and its reasons for what it did not. Never: anything but Spark's own
 * Connect client.
 */
package io.sallyport.examples.analyst;
