/**
 * Exact integer aggregates over clamped, bounded contributions enter, with a noise budget; noisy
 * estimates leave. Everything after the noise (division, clamping, solving) is post-processing and
 * sees no exact value. Nothing here ever enforces contribution bounds: the caller has done so.
 */
package io.sallyport.dp.mechanism;
