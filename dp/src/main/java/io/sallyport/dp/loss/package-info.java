/**
 * Privacy parameters enter as decimal text or decimals, and leave as exact value types whose sums
 * are exact. A conversion to or from binary floating point names the side it rounds to, and charges
 * round up while grants round down. Nothing here ever compares budgets with a tolerance.
 */
package io.sallyport.dp.loss;
