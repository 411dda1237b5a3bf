/**
 * The name of an engine enters; mechanisms behind one interface leave, ours or another library's. A
 * deployment may choose, and the same contract tests run against each. Nothing here ever falls back
 * from the engine that was asked for to another one.
 */
package io.sallyport.dp.engine;
