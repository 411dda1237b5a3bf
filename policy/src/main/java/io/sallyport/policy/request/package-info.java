/**
 * Requests for approval and what becomes of them. Enters: a question with its materialised result,
 * and the decisions of people. Leaves: a state that all owners agree on. Never: shows a result, or
 * approves anything by itself.
 */
package io.sallyport.policy.request;
