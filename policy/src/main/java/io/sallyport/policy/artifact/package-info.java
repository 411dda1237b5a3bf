/**
 * The catalogue of materialised results. Enters: what an artifact is about, whose it is and how
 * long it lives. Leaves: the artifacts that are still alive. Never: holds a row of any result.
 */
package io.sallyport.policy.artifact;
