/**
 * What owners and operators set. Enters: a Spark conf and the YAML files that it names. Leaves:
 * checked settings, or every problem at once. Never: guesses, or prints a secret.
 */
package io.sallyport.policy.settings;
