package io.sallyport.spark.certificate;

import io.sallyport.dp.accounting.NoisyRelease;
import java.math.BigInteger;

/**
 * What is claimed of one number that is released for each group.
 *
 * @param perGroup how many rows of one person count in a group
 * @param largestSteps how far one of them moves the number, in steps
 * @param noise what is added to it, and the sensitivity that this was made for
 */
public record StatisticClaim(long perGroup, long largestSteps, NoisyRelease noise) {

  /** How far one person moves the number in one group. */
  BigInteger most() {
    return BigInteger.valueOf(perGroup).multiply(BigInteger.valueOf(largestSteps));
  }
}
