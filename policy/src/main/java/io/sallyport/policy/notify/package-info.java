/**
 * Tells owners that somebody waits for them. Enters: that a request was filed, by whom and about
 * which frames. Leaves: a message that says so. Never: holds a row, a question or a reason, blocks
 * a question or makes it fail.
 */
package io.sallyport.policy.notify;
