/**
 * Remote frames for Java: ordinary lazy operators on frames that an owner governs, on top of the
 * stock Spark Connect client. Enters: an address, a token, and operators; leaves: handles to
 * results, and rows only where the owner's policies let them go. Never: rows without a fetch, a
 * count of rows, or a request for a plan that is known here to be wrong.
 */
package io.sallyport.connect.client;
