package io.sallyport.spark.search;

import java.util.Set;

/**
 * Something that a released answer should not be.
 *
 * @param what of which kind, in a word or two
 * @param people who are singled out
 */
record Violation(String what, String detail, Set<Long> people) {}
