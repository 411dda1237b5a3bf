/**
 * The losses of releases enter, each in the definition its mechanism satisfies; totals, conversions
 * and admissions leave. Every number that is reported is an upper bound: roundings, truncations and
 * discretisations go against the spender. Nothing here ever keeps durable state or sees data.
 */
package io.sallyport.dp.accounting;
