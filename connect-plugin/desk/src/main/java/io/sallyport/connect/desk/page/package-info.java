/**
 * The desk's pages. Enters: what the service knows. Leaves: HTML without script or style of its
 * own. Never: a text of others that could be markup, turn the writing or cannot be seen.
 */
package io.sallyport.connect.desk.page;
