/**
 * The desk on the wire. Enters: HTTP requests of anybody. Leaves: pages for owners and reviewers
 * who are logged in, and decisions that came from a page of theirs. Never: a decision without
 * session and token of the form, or a page that somebody else's page can frame, read or script.
 */
package io.sallyport.connect.desk.http;
