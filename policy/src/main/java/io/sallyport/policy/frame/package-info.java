/**
 * A frame: what is governed, who a person is in it, and the owner's terms. Enters: settings that
 * were checked. Leaves: an immutable policy set with a version. Never: reads data, knows Spark.
 */
package io.sallyport.policy.frame;
