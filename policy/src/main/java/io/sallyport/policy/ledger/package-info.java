/**
 * Budgets. What a release with noise costs, and about whose people it is, enters; whether every
 * budget concerned has that left leaves, once the charge is durable. A charge is never taken back.
 */
package io.sallyport.policy.ledger;
