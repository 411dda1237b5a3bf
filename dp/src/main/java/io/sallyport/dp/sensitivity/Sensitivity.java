package io.sallyport.dp.sensitivity;

import io.sallyport.dp.Require;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * How far an integer vector moves when one privacy unit is added or removed, in grid steps,
 * exactly.
 *
 * <p>Immutable and thread-safe.
 *
 * @param l1 the largest sum of absolute changes
 * @param l2Squared the largest sum of squared changes
 * @param perCoordinate the largest change of one coordinate
 * @param coordinates the largest number of coordinates that change
 */
public record Sensitivity(
    BigInteger l1, BigInteger l2Squared, BigInteger perCoordinate, long coordinates)
    implements Serializable {

  /** Checks that all are positive; throws {@link IllegalArgumentException} otherwise. */
  public Sensitivity {
    Require.that(l1.signum() > 0, "l1 sensitivity must be > 0", l1);
    Require.that(l2Squared.signum() > 0, "l2 sensitivity must be > 0", l2Squared);
    Require.that(perCoordinate.signum() > 0, "coordinate sensitivity must be > 0", perCoordinate);
    Require.between("coordinates", coordinates, 1, Long.MAX_VALUE);
  }

  /** {@code coordinates} values, each of which moves by at most {@code each} steps. */
  public static Sensitivity ofCoordinates(long coordinates, BigInteger each) {
    BigInteger count = BigInteger.valueOf(coordinates);
    return new Sensitivity(
        count.multiply(each), count.multiply(each).multiply(each), each, coordinates);
  }

  /** A sum per group of contributions of at most {@code largest} steps each. */
  public static Sensitivity ofSum(ContributionBounds bounds, long largest) {
    BigInteger each = BigInteger.valueOf(bounds.perGroup()).multiply(BigInteger.valueOf(largest));
    return ofCoordinates(bounds.groups(), each);
  }

  /** A count of rows per group. */
  public static Sensitivity ofCount(ContributionBounds bounds) {
    return ofSum(bounds, 1);
  }
}
