/**
 * Conditions of a policy. Enters: an owner's text. Leaves: a tree, or an error that says where the
 * text is wrong. Never: decides.
 */
package io.sallyport.policy.rule;
