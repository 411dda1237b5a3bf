package io.sallyport.dp.sensitivity;

import io.sallyport.dp.Require;

/**
 * How much one privacy unit can contribute to a release: at most {@code groups} groups (L0) and at
 * most {@code perGroup} rows, or counts, in each (Linf).
 *
 * <p>Assumption: the caller enforces both on the data, by keeping the first groups and rows of each
 * unit in the order of a keyed hash; a declared but unenforced bound voids every guarantee built on
 * it. Immutable and thread-safe.
 *
 * @param groups at least 1, at most 2^31
 * @param perGroup at least 1, at most 2^31
 */
public record ContributionBounds(long groups, long perGroup) {
  /** One row in one group. */
  public static final ContributionBounds SINGLE = new ContributionBounds(1, 1);

  private static final long LARGEST = 1L << 31;

  /** Checks the ranges; throws {@link IllegalArgumentException} outside them. */
  public ContributionBounds {
    Require.between("groups per unit", groups, 1, LARGEST);
    Require.between("contributions per group", perGroup, 1, LARGEST);
  }

  /** The same number of groups with another bound inside each. */
  public ContributionBounds withPerGroup(long other) {
    return new ContributionBounds(groups, other);
  }
}
