package io.sallyport.spark.certificate;

import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.selection.NoisyMinimum;
import io.sallyport.dp.selection.PartitionSelection;
import io.sallyport.dp.selection.PreThreshold;
import io.sallyport.dp.selection.ThresholdSelection;
import io.sallyport.dp.selection.TruncatedGeometricSelection;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * What selecting keys costs. One person adds one to the number of people of some groups; what the
 * decision on each of them then costs is read off the strategy's own probabilities.
 */
final class Selections {

  /** Probabilities are known to about ten digits. */
  private static final double ROUNDING = 1e-6;

  /** Epsilon of one decision from which on its probabilities are too small for a double. */
  private static final double PROTECTS_NOBODY = 500;

  /** So many numbers of people are looked at, evenly; all of them where there are no more. */
  private static final long MOST_POINTS = 4096;

  private Selections() {}

  /**
   * Requires that charges cover a selection.
   *
   * @param groups in how many groups one person is at most
   * @param minimum the fewest people of a group that is shown
   */
  static void require(
      PartitionSelection selection, BigInteger groups, long minimum, List<PrivacyLoss> charged) {
    if (selection instanceof NoisyMinimum test) {
      minimum(test, groups, minimum, charged);
      return;
    }
    PartitionSelection inner = selection;
    if (selection instanceof PreThreshold pre) {
      NotCertifiedException.unless(pre.minimum() >= minimum, "a minimum of people that is too low");
      inner = pre.inner();
    } else {
      NotCertifiedException.unless(minimum <= 1, "no minimum of people");
    }
    if (inner instanceof ThresholdSelection threshold) {
      threshold(threshold, groups, charged);
    } else if (inner instanceof TruncatedGeometricSelection optimal) {
      NotCertifiedException.unless(
          charged.size() == 1 && charged.get(0) instanceof PrivacyLoss.Approximate,
          "charges that are not a selection's");
      optimal(optimal, groups.doubleValue(), (PrivacyLoss.Approximate) charged.get(0));
    } else {
      throw new NotCertifiedException("a selection " + inner.getClass().getName());
    }
  }

  /** A test of noisy numbers of people, of groups whose keys tell nothing. */
  private static void minimum(
      NoisyMinimum test, BigInteger groups, long minimum, List<PrivacyLoss> charged) {
    NotCertifiedException.unless(charged.size() == 1, "charges that are not a test's");
    Losses.require(test.part().noise(), groups, BigInteger.ONE, charged.get(0));
    long spare = test.threshold() - (minimum - 1);
    NotCertifiedException.unless(
        spare >= 1
            && test.part().noise().upperTail((double) spare)
                <= NoisyMinimum.FAILURE * (1 + ROUNDING),
        "a minimum of people that is too low");
  }

  private static void threshold(
      ThresholdSelection selection, BigInteger groups, List<PrivacyLoss> charged) {
    NotCertifiedException.unless(
        charged.size() == 2 && charged.get(1) instanceof PrivacyLoss.Approximate,
        "charges that are not a threshold's");
    Losses.require(selection.part().noise(), groups, BigInteger.ONE, charged.get(0));
    BigDecimal delta = ((PrivacyLoss.Approximate) charged.get(1)).delta().value();
    long spare = selection.threshold() - 1;
    NotCertifiedException.unless(spare >= 1, "a threshold that one person reaches");
    BigDecimal alone = new BigDecimal(selection.part().noise().upperTail((double) spare));
    NotCertifiedException.unless(
        Losses.isAtMost(alone.multiply(new BigDecimal(groups)), delta),
        "a threshold that shows one person's key too often");
  }

  /** Each decision is (epsilon / groups, delta / groups)-private from each number to the next. */
  private static void optimal(
      TruncatedGeometricSelection selection, double groups, PrivacyLoss.Approximate charged) {
    double epsilon = charged.epsilon().value().doubleValue() / groups;
    double delta = charged.delta().value().doubleValue() / groups;
    long certain = selection.certain();
    NotCertifiedException.unless(
        selection.keepProbability(0) == 0 && selection.keepProbability(certain) == 1,
        "a selection that shows keys of nobody, or never does");
    double factor = Math.exp(Math.min(epsilon, PROTECTS_NOBODY));
    long step = Math.max(1, certain / MOST_POINTS);
    for (long people = 0; people < certain; people += step) {
      double without = selection.keepProbability(people);
      double with = selection.keepProbability(people + 1);
      double hiddenWithout = hidden(selection, people);
      double hiddenWith = hidden(selection, people + 1);
      NotCertifiedException.unless(
          epsilon > PROTECTS_NOBODY
              || (isWithin(with, without, factor, delta)
                  && isWithin(without, with, factor, delta)
                  && isWithin(hiddenWith, hiddenWithout, factor, delta)
                  && isWithin(hiddenWithout, hiddenWith, factor, delta)),
          "a selection that tells more of one person than is charged");
    }
  }

  /** One minus the probability, to as many digits: the strategy is symmetric. */
  private static double hidden(TruncatedGeometricSelection selection, long people) {
    double hidden = selection.keepProbability(selection.certain() - people);
    NotCertifiedException.unless(
        Math.abs(selection.keepProbability(people) + hidden - 1) <= ROUNDING,
        "a selection whose probabilities do not add up");
    return hidden;
  }

  private static boolean isWithin(double p, double q, double factor, double delta) {
    return p <= (factor * q + delta) * (1 + ROUNDING);
  }
}
