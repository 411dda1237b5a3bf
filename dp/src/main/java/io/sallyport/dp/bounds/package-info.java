/**
 * The owner's column domains and the analyst's literals enter; intervals that clamp the arguments
 * of aggregates leave. Arithmetic on intervals rounds outwards, so the result contains every value
 * of the expression. Nothing here ever looks at data: bounds that need data are a mechanism.
 */
package io.sallyport.dp.bounds;
