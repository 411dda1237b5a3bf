/**
 * The chamber. Admitted and judged plans enter with their sealed leaves; immutable local relations,
 * checked against what the verdict demands, leave. It is the only place that reads governed rows,
 * and it never talks to the analyst.
 */
package io.sallyport.spark.release;
