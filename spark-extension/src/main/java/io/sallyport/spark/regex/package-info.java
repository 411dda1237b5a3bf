/**
 * Regular expressions in a time that grows with the text as its length does. The language is that
 * part of Java's, which Spark's functions take, that a machine without backtracking can read; a
 * match is the one that Java finds. A pattern beyond it is refused when it is read.
 */
package io.sallyport.spark.regex;
