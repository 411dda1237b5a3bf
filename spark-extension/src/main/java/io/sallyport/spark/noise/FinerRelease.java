package io.sallyport.spark.noise;

import static java.util.stream.Collectors.joining;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * What a recorded release of declared groups could answer beside what it was asked. Keys and
 * statistics are known by names that say what they mean over the release's input.
 *
 * @param hash of the release
 * @param shown how many columns it shows; its keys and then its noisy numbers are recorded after
 * @param keys their names
 * @param sizes how many declared values each key has
 * @param confined for each key whether no row has another value
 * @param statistics their names
 * @param deviations the standard deviation of each statistic's noise, in the statistic's unit
 * @param groups in how many groups each person counts
 * @param rows how many rows of each person count in a group
 * @param singleRows whether each person has one row at most
 */
public record FinerRelease(
    String hash,
    int shown,
    List<String> keys,
    List<Long> sizes,
    List<Boolean> confined,
    List<String> statistics,
    List<Double> deviations,
    long groups,
    long rows,
    boolean singleRows) {

  public FinerRelease {
    keys = List.copyOf(keys);
    sizes = List.copyOf(sizes);
    confined = List.copyOf(confined);
    statistics = List.copyOf(statistics);
    deviations = List.copyOf(deviations);
  }

  /**
   * The description of a release; empty when the data say which groups it has, or nothing of it
   * adds up.
   *
   * @param names of plans: equal for plans that mean the same
   */
  public static Optional<FinerRelease> of(
      String hash, NoisyPoint point, Calibration calibration, Function<LogicalPlan, String> names) {
    if (!(point.publicKeys().orElse(null) instanceof DeclaredKeys declared)
        || point.statistics().isEmpty()) {
      return Optional.empty();
    }
    LogicalPlan input = point.point().aggregate().child();
    List<Long> sizes = declared.values().stream().map(values -> (long) values.size()).toList();
    List<Boolean> confined = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      confined.add(Confined.is(point.keys().get(i), declared.values().get(i), input));
    }
    return Optional.of(
        new FinerRelease(
            hash,
            point.shown().size(),
            keys(point, names),
            sizes,
            confined,
            statistics(point, names),
            deviations(point, calibration),
            calibration.bounds().groups(),
            calibration.bounds().perGroup(),
            point.singleRows()));
  }

  static List<String> keys(NoisyPoint point, Function<LogicalPlan, String> names) {
    return point.keys().stream().map(key -> name(key, point, names)).toList();
  }

  static List<String> statistics(NoisyPoint point, Function<LogicalPlan, String> names) {
    return point.statistics().stream().map(s -> name(s, point, names)).toList();
  }

  static List<Double> deviations(NoisyPoint point, Calibration calibration) {
    List<Double> deviations = new ArrayList<>();
    for (int i = 0; i < point.statistics().size(); i++) {
      double steps = calibration.noise().get(i).noise().standardDeviation();
      deviations.add(steps * point.statistics().get(i).step());
    }
    return deviations;
  }

  private static String name(
      Statistic statistic, NoisyPoint point, Function<LogicalPlan, String> names) {
    Stream<String> arguments =
        statistic.arguments().stream()
            .map(argument -> name(argument.value(), point, names) + argument.bounds());
    return Stream.concat(
            Stream.of(statistic.kind().name(), name(statistic.condition(), point, names)),
            arguments)
        .collect(joining(" "))
        .replace('\t', ' ');
  }

  private static String name(
      Expression expression, NoisyPoint point, Function<LogicalPlan, String> names) {
    Aggregate aggregate = point.point().aggregate();
    List<NamedExpression> only = List.of(Catalyst.alias(expression, "it"));
    return names.apply(new Project(Scala.seq(only), aggregate.child()));
  }

  /** The description as a line of text. */
  public String line() {
    return Stream.of(
            List.of(hash, shown, groups, rows, singleRows),
            keys,
            sizes,
            confined,
            statistics,
            deviations)
        .map(part -> part.stream().map(Object::toString).collect(joining("\t")))
        .collect(joining("\n"));
  }

  /** The description that a line is of; empty for a text that is none. */
  public static Optional<FinerRelease> parse(String line) {
    List<List<String>> parts =
        Arrays.stream(line.split("\n", -1)).map(part -> List.of(part.split("\t", -1))).toList();
    if (parts.size() != 6 || parts.get(0).size() != 5) {
      return Optional.empty();
    }
    List<String> own = parts.get(0);
    return Optional.of(
        new FinerRelease(
            own.get(0),
            Integer.parseInt(own.get(1)),
            parts.get(1),
            parts.get(2).stream().map(Long::valueOf).toList(),
            parts.get(3).stream().map(Boolean::valueOf).toList(),
            parts.get(4),
            parts.get(5).stream().map(Double::valueOf).toList(),
            Long.parseLong(own.get(2)),
            Long.parseLong(own.get(3)),
            Boolean.parseBoolean(own.get(4))));
  }
}
