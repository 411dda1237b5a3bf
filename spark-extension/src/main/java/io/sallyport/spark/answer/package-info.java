/**
 * What becomes of a judged question. Enters: an admitted plan with its verdict. Leaves: a plan over
 * released or approved rows, a handle to a stored result, or a request before the owners. Never:
 * lets rows out that neither the policy nor an owner let out for this principal.
 */
package io.sallyport.spark.answer;
