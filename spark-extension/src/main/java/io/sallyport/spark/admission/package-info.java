/**
 * The inner door. SQL text and analysed plans enter; the same plans leave when every operator,
 * expression and function in them is on a list, by exact class, and are refused otherwise. It never
 * runs a plan and never looks at data.
 */
package io.sallyport.spark.admission;
