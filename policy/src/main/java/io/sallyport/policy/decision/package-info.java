/**
 * The judgement. Enters: a question and the policies. Leaves: a verdict with its grounds. Never:
 * reads data, keeps state, looks at a clock.
 */
package io.sallyport.policy.decision;
