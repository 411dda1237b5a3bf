/**
 * Sallyport inside Spark. An analyst's plan enters at {@link io.sallyport.spark.GovernedQueries}; a
 * plan over released rows leaves, or a refusal does. It knows Catalyst, not gRPC.
 */
package io.sallyport.spark;
