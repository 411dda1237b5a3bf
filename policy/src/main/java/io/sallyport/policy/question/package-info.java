/**
 * All that a decision may look at. Enters: what the plan's labels say. Leaves: a question. Never:
 * anything that depends on data.
 */
package io.sallyport.policy.question;
