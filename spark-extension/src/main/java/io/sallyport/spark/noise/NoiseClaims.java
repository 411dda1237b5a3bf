package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.mechanism.QuantileTree;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.spark.certificate.OneRow;
import io.sallyport.spark.certificate.ReleaseClaim;
import io.sallyport.spark.certificate.StatisticClaim;
import io.sallyport.spark.certificate.ValuesClaim;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** What is claimed of a release with noise, for the certificate. */
public final class NoiseClaims {

  private NoiseClaims() {}

  /**
   * The claims.
   *
   * @param frames how many frames' people are counted
   * @param minimumUnits the fewest people of a group that is shown
   */
  public static ReleaseClaim of(
      NoisyPoint point, Calibration calibration, NoiseTerms terms, int frames, long minimumUnits) {
    List<StatisticClaim> statistics = new ArrayList<>();
    for (int i = 0; i < point.statistics().size(); i++) {
      Statistic statistic = point.statistics().get(i);
      boolean once = statistic.kind() == Statistic.Kind.UNITS;
      statistics.add(
          new StatisticClaim(
              once ? 1 : calibration.bounds().perGroup(),
              statistic.largestSteps(),
              calibration.noise().get(i)));
    }
    List<ValuesClaim> values = new ArrayList<>();
    for (Values each : point.values()) {
      NoisyRelease noise = calibration.noise().get(point.ordinal(each));
      values.add(claim(each, calibration.bounds().perGroup(), noise));
    }
    return new ReleaseClaim(
        calibration.bounds(),
        point.singleRows()
            ? Optional.of(oneRow(point.point().aggregate().child()))
            : Optional.empty(),
        point.keys().size(),
        point
            .publicKeys()
            .filter(DeclaredKeys.class::isInstance)
            .map(keys -> ((DeclaredKeys) keys).values()),
        point.keyTable().map(KeyTable::plan),
        frames,
        statistics,
        values,
        calibration.selection(),
        minimumUnits,
        terms.epsilon(),
        terms.delta(),
        calibration.losses());
  }

  private static ValuesClaim claim(Values values, long perGroup, NoisyRelease noise) {
    if (values instanceof Ranks ranks) {
      int leaves = QuantileTree.leaves(ranks.height());
      return new ValuesClaim(perGroup, OptionalInt.of(leaves), ranks.height(), noise);
    }
    return values instanceof Bins bins
        ? new ValuesClaim(perGroup, OptionalInt.of(bins.number()), 1, noise)
        : new ValuesClaim(perGroup, OptionalInt.empty(), 1, noise);
  }

  /** Down to what makes {@link SingleRows} hold. */
  private static OneRow oneRow(LogicalPlan plan) {
    LogicalPlan node = plan;
    while (!(node instanceof SealedFrame) && !(node instanceof Aggregate)) {
      node = Scala.children(node).get(0);
    }
    if (node instanceof SealedFrame leaf) {
      return leaf.table().frame().orElseThrow().unit().isRow()
          ? OneRow.ROW_IS_PERSON
          : OneRow.DECLARED;
    }
    return OneRow.ONE_PER_PERSON;
  }
}
