/**
 * The certificate. What the deriving side (labels, units, bounding, noise) claims of a noisy
 * release enters, with the plan that is to run; nothing leaves but consent, or an exception before
 * anything is charged. It derives everything anew by a few rules of its own, knows neither labels
 * nor noise, and what it does not know it rejects.
 */
package io.sallyport.spark.certificate;
