/**
 * What enters is a number that somebody wants to check, and what leaves is that number or an error.
 * The errors of this module come from one place so that they look alike. Nothing here ever puts a
 * value that depends on governed data into a message.
 */
package io.sallyport.dp;
