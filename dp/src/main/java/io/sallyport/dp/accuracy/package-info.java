/**
 * Mechanisms, which are public parameters, enter; the error to expect of them leaves, before any
 * data is touched and free of charge. A wish for an error can be turned into the budget that grants
 * it. Nothing here ever sees data, so an error that depends on a group's size takes a supposed
 * size.
 */
package io.sallyport.dp.accuracy;
