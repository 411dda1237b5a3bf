/**
 * The requests of our client as records and as bytes, and the columns of the answers. Enters: a
 * request, or a type URL and bytes that claim to be one. Leaves: exactly one request, or an {@link
 * IllegalArgumentException}; never: bytes that two readers could understand differently.
 */
package io.sallyport.connect.protocol;
