package io.sallyport.spark.certificate;

import io.sallyport.dp.accounting.NoisyRelease;
import java.math.BigInteger;
import java.util.OptionalInt;

/**
 * What is claimed of counts by value, of which each group has many: leaves of a tree, or one number
 * of different values.
 *
 * @param perGroup how many rows, or values, of one person count in a group
 * @param leaves how many leaves of a tree, or bins, are counted; empty for the number of different
 *     values
 * @param levels in how many counts each of them is: the height of the tree, or one
 * @param noise what is added to each count, and the sensitivity that this was made for
 */
public record ValuesClaim(long perGroup, OptionalInt leaves, int levels, NoisyRelease noise) {

  /** How many counts of one group a person moves by {@link #perGroup}, at the worst. */
  BigInteger counts() {
    return BigInteger.valueOf(levels);
  }
}
