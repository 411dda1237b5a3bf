package io.sallyport.spark.release;

import io.sallyport.dp.sensitivity.Sensitivity;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.spark.noise.BoundedQuery;
import io.sallyport.spark.noise.Calibration;
import io.sallyport.spark.noise.NoiseReading;
import io.sallyport.spark.noise.NoisyPoint;
import io.sallyport.spark.noise.ValueQuery;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongPredicate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Runs the exact query behind a noisy release on a database and on the same without one person,
 * with the same secret, and compares the distance with what the calibration declares [Re:cord-play,
 * arXiv 2602.17454, is the idea].
 */
final class NeighbourReplay {

  private final Chamber chamber;

  NeighbourReplay(Chamber chamber) {
    this.chamber = chamber;
  }

  /** What of the measured distances is more than declared; empty when all is well. */
  List<String> violations(
      NoisyPoint point, CarriedPlan input, NoiseTerms terms, BoundedQuery query, long seed) {
    Calibration declared = Calibration.of(point, terms, 0);
    SmallDatabase database = new SmallDatabase(seed);
    LogicalPlan plan = query.plan(input.plan(), input.units());
    Map<InternalRow, List<BigInteger>> all = exact(point, input, plan, database, person -> true);
    List<String> violations = new ArrayList<>();
    long[] removed = new Random(seed).longs(2, 0, SmallDatabase.PEOPLE).toArray();
    for (long one : removed) {
      Map<InternalRow, List<BigInteger>> without =
          exact(point, input, plan, database, person -> person != one);
      violations.addAll(distance(declared, all, without));
    }
    for (ValueQuery values : point.valueQueries(query.bounds(), query.secret())) {
      violations.addAll(distances(declared, values, input, database, removed));
    }
    return violations;
  }

  private List<String> distances(
      Calibration declared,
      ValueQuery query,
      CarriedPlan input,
      SmallDatabase database,
      long[] removed) {
    LogicalPlan plan = query.plan(input.plan(), input.units());
    Map<List<Object>, BigInteger> all = numbers(query, plan, database, person -> true);
    Sensitivity sensitivity = NoiseReading.declared(declared, query);
    List<String> violations = new ArrayList<>();
    for (long one : removed) {
      violations.addAll(
          distance(sensitivity, all, numbers(query, plan, database, person -> person != one)));
    }
    return violations;
  }

  private static List<String> distance(
      Sensitivity sensitivity,
      Map<List<Object>, BigInteger> all,
      Map<List<Object>, BigInteger> without) {
    BigInteger l1 = BigInteger.ZERO;
    BigInteger l2 = BigInteger.ZERO;
    Set<List<Object>> keys = new HashSet<>(all.keySet());
    keys.addAll(without.keySet());
    for (List<Object> key : keys) {
      BigInteger by =
          all.getOrDefault(key, BigInteger.ZERO)
              .subtract(without.getOrDefault(key, BigInteger.ZERO))
              .abs();
      l1 = l1.add(by);
      l2 = l2.add(by.multiply(by));
    }
    return l1.compareTo(sensitivity.l1()) > 0 || l2.compareTo(sensitivity.l2Squared()) > 0
        ? List.of("values: L1 %s, L2^2 %s against %s".formatted(l1, l2, sensitivity))
        : List.of();
  }

  private Map<List<Object>, BigInteger> numbers(
      ValueQuery query, LogicalPlan plan, SmallDatabase database, LongPredicate people) {
    return NoiseReading.numbers(chamber.run(database.in(plan, people)), query.point(), query);
  }

  /** For each group its units, then its statistics. */
  private Map<InternalRow, List<BigInteger>> exact(
      NoisyPoint point,
      CarriedPlan input,
      LogicalPlan plan,
      SmallDatabase database,
      LongPredicate people) {
    return NoiseReading.vectors(
        chamber.run(database.in(plan, people)), point, List.copyOf(input.units().keySet()));
  }

  private static List<String> distance(
      Calibration declared,
      Map<InternalRow, List<BigInteger>> all,
      Map<InternalRow, List<BigInteger>> without) {
    List<String> violations = new ArrayList<>();
    Map<InternalRow, List<BigInteger>> keys = new HashMap<>(all);
    without.forEach(keys::putIfAbsent);
    int coordinates = all.values().stream().findFirst().map(v -> v.size() - 1).orElse(0);
    BigInteger[] l1 = new BigInteger[coordinates + 1];
    BigInteger[] l2 = new BigInteger[coordinates + 1];
    BigInteger[] most = new BigInteger[coordinates + 1];
    java.util.Arrays.fill(l1, BigInteger.ZERO);
    java.util.Arrays.fill(l2, BigInteger.ZERO);
    java.util.Arrays.fill(most, BigInteger.ZERO);
    int groups = 0;
    for (InternalRow key : keys.keySet()) {
      boolean moved = false;
      for (int i = 0; i <= coordinates; i++) {
        BigInteger here = all.containsKey(key) ? all.get(key).get(i) : BigInteger.ZERO;
        BigInteger there = without.containsKey(key) ? without.get(key).get(i) : BigInteger.ZERO;
        BigInteger by = here.subtract(there).abs();
        moved |= by.signum() > 0;
        l1[i] = l1[i].add(by);
        l2[i] = l2[i].add(by.multiply(by));
        most[i] = most[i].max(by);
      }
      groups += moved ? 1 : 0;
    }
    if (groups > declared.bounds().groups()) {
      violations.add("L0 " + groups + " > " + declared.bounds().groups());
    }
    if (most[0].compareTo(BigInteger.ONE) > 0) {
      violations.add("units moved by " + most[0]);
    }
    for (int i = 0; i < coordinates; i++) {
      var sensitivity = declared.noise().get(i).sensitivity();
      if (l1[i + 1].compareTo(sensitivity.l1()) > 0
          || l2[i + 1].compareTo(sensitivity.l2Squared()) > 0
          || most[i + 1].compareTo(sensitivity.perCoordinate()) > 0) {
        violations.add(
            "statistic %d: L1 %s, L2^2 %s, Linf %s against %s"
                .formatted(i, l1[i + 1], l2[i + 1], most[i + 1], sensitivity));
      }
    }
    return violations;
  }
}
