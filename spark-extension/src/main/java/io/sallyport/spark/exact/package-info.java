/**
 * Statistics of cells. A release point that is to be answered exactly enters; what leaves is one
 * table of cells for the frame that it measures, the rules that each cell must meet, and how the
 * analyst's numbers are computed from such a table. Nothing here runs a query, and no expression of
 * the analyst's is added up: what is added up are columns as they are stored.
 */
package io.sallyport.spark.exact;
