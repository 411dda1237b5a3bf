/**
 * Public bounds on contributions and values enter; integer grids and the exact sensitivities of the
 * integer vectors that are really computed leave. Row values are clamped and rounded to the grid
 * one by one, before they are summed exactly. Nothing here ever derives a bound or a grid from
 * data.
 */
package io.sallyport.dp.sensitivity;
