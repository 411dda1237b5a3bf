/**
 * Public parameters (quantiles, scales, probabilities) enter and densities, tails and quantiles
 * leave in double precision, with a stated relative error. They serve calibration, thresholds,
 * accounting and accuracy, whose callers round against the spender. Nothing here ever sees data or
 * draws noise.
 */
package io.sallyport.dp.distribution;
