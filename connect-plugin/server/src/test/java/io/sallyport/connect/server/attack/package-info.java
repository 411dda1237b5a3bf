/** Attacks on the wire: each was written before its defence, with the stock client or raw bytes. */
package io.sallyport.connect.server.attack;
