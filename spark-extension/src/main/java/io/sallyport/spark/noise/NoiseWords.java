package io.sallyport.spark.noise;

import io.sallyport.dp.accounting.NoisyRelease;
import io.sallyport.dp.accuracy.Accuracy;
import io.sallyport.dp.mechanism.QuantileTree;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** What an analyst may know of an answer with noise before it is asked, in words. */
public final class NoiseWords {

  private NoiseWords() {}

  /** Which aggregate it is. */
  public static String point(NoisyPoint point) {
    String keys = point.keys().stream().map(Expression::sql).collect(Collectors.joining(", "));
    return point.isGlobal() ? "one global aggregate" : "groups by " + keys;
  }

  /** One line for each function, then what bounds a person's part, then the keys. */
  public static List<String> lines(NoisyPoint point, Calibration calibration) {
    List<String> lines = new ArrayList<>();
    point.estimators().forEach(e -> lines.add(function(e, point, calibration)));
    ContributionBounds bounds = calibration.bounds();
    lines.add(
        point.singleRows()
            ? "each person has one row at most"
            : "each person counts in at most %d groups, with at most %d rows in each"
                .formatted(bounds.groups(), bounds.perGroup()));
    point
        .groupingSets()
        .ifPresent(sets -> lines.add("these are over all %d groupings".formatted(sets.sets())));
    calibration
        .selection()
        .ifPresent(
            selection ->
                lines.add(
                    "a group is shown from about %d people on".formatted(selection.threshold())));
    boolean all = calibration.selection().isEmpty();
    point
        .publicKeys()
        .ifPresent(
            keys ->
                lines.add(
                    all ? keys.inWords() : "groups of fewer are left out, though keys are public"));
    return lines;
  }

  /** What the first of a point's noisy numbers is, and how exact. */
  static String first(NoisyPoint point) {
    return point.statistics().isEmpty() ? "a count of values" : name(point.statistics().get(0));
  }

  static Accuracy firstAccuracy(NoisyPoint point, Calibration calibration) {
    double unit =
        point.statistics().isEmpty()
            ? 1
            : point.statistics().get(0).step() * unit(point.statistics().get(0));
    return Accuracy.of(calibration.noise().get(0).noise(), unit);
  }

  private static String function(Estimator estimator, NoisyPoint point, Calibration calibration) {
    List<String> parts = new ArrayList<>();
    for (Statistic statistic : estimator.statistics()) {
      parts.add(part(statistic, calibration.noise().get(point.ordinal(statistic))));
    }
    for (Values values : estimator.values()) {
      parts.add(part(values, estimator, calibration.noise().get(point.ordinal(values))));
    }
    return estimator.function().sql() + ": from " + String.join(" and ", parts);
  }

  private static String part(Values values, Estimator estimator, NoisyRelease noise) {
    if (values instanceof Bins bins) {
      return "%d counts of rows in bins of equal width over [%s, %s], each %s"
          .formatted(
              bins.number(),
              number(bins.argument().bounds().lower()),
              number(bins.argument().bounds().upper()),
              noise(noise, 1));
    }
    return values instanceof Ranks ranks
        ? "the %s of a tree of %d counts, each %s"
            .formatted(quantiles(estimator), QuantileTree.leaves(ranks.height()), noise(noise, 1))
        : "a count of different values " + noise(noise, 1);
  }

  /** What an extreme is answered by has to be said. */
  private static String quantiles(Estimator estimator) {
    return Quantiles.of(estimator.function().aggregateFunction()).orElseThrow().ranks().stream()
        .map(rank -> number(rank) + " quantile")
        .collect(Collectors.joining(", "));
  }

  private static String part(Statistic statistic, NoisyRelease noise) {
    return name(statistic) + " " + noise(noise, statistic.step() * unit(statistic));
  }

  private static String noise(NoisyRelease noise, double unit) {
    Accuracy accuracy = Accuracy.of(noise.noise(), unit);
    return "with discrete %s noise of standard deviation %s, 95 %% within %s"
        .formatted(
            noise.isGaussian() ? "Gaussian" : "Laplace",
            number(accuracy.standardDeviation()),
            number(accuracy.halfWidth95()));
  }

  /** What one of the statistic's own units is in the argument's. */
  private static double unit(Statistic statistic) {
    double unit = 1;
    if (!statistic.counts() && statistic.kind() != Statistic.Kind.SUM) {
      for (Argument argument : statistic.arguments()) {
        unit *= argument.bounds().halfWidth();
      }
      if (statistic.kind() == Statistic.Kind.SQUARE) {
        unit *= unit;
      }
    }
    return unit;
  }

  private static String name(Statistic statistic) {
    return switch (statistic.kind()) {
      case ROWS -> "a count of rows";
      case UNITS -> "a count of people";
      case SUM -> "a sum of values in " + bounds(statistic);
      case CENTRED -> "a sum of distances from the middle of " + bounds(statistic);
      case SQUARE -> "a sum of their squares";
      case PRODUCT -> "a sum of their products";
    };
  }

  private static String bounds(Statistic statistic) {
    return "[%s, %s]"
        .formatted(
            number(statistic.arguments().get(0).bounds().lower()),
            number(statistic.arguments().get(0).bounds().upper()));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
