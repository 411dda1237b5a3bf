/**
 * Who asks. Enters: a token. Leaves: the person whose token it is, or nobody. Never: keeps or
 * prints a token or its hash.
 */
package io.sallyport.policy.principal;
