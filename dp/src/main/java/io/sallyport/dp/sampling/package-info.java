/**
 * Uniform 64-bit words and exact rational parameters enter; integers drawn exactly from the
 * discrete Laplace and discrete Gaussian distributions leave. Every decision about a sample is a
 * comparison of integers, with a slow exact path for the comparisons that a few words cannot
 * settle. Nothing here ever uses floating point to draw a sample, or takes randomness from anything
 * but its source.
 */
package io.sallyport.dp.sampling;
