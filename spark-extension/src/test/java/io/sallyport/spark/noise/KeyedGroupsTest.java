package io.sallyport.spark.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.sampling.EntropySource;
import io.sallyport.dp.sampling.NoiseDistribution;
import io.sallyport.dp.sampling.ReleaseSecret;
import io.sallyport.dp.selection.PartitionSelection;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.NoisyPlans;
import io.sallyport.spark.label.PlanLabels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Groups that are released on executors: their noise is a function of secret and keys, and to
 * whoever does not know the secret it is what the driver draws.
 */
final class KeyedGroupsTest {

  private static final int GROUPS = 20_000;
  private static final long STEPS = 1_000;
  private static final String QUESTION =
      "SELECT age, count(*) AS n, sum(cost) AS s, count_if(sex = 'F') AS f FROM still.patients"
          + " GROUP BY age";

  @RegisterExtension static final NoisyPlans plans = new NoisyPlans();

  /** Five standard errors: a false alarm in two million. */
  @Test
  void noiseAndSelection_areThoseOfTheDriver() {
    NoisyGroups groups = groups(QUESTION, "1");
    PartitionSelection selection = groups.calibration().selection().orElseThrow();
    long units = selection.threshold() - 1;
    double shown = selection.keepProbability(units);
    List<InternalRow> counted = counted(units);
    List<List<InternalRow>> both = new ArrayList<>();
    both.add(released(groups.keyed(ReleaseSecret.draw()), counted));
    try (EntropySource entropy = EntropySource.fresh()) {
      both.add(groups.release(counted, List.of(), List.of(), entropy));
    }

    for (List<InternalRow> released : both) {
      assertThat((double) released.size() / GROUPS)
          .isCloseTo(shown, within(5 * Math.sqrt(shown * (1 - shown) / GROUPS)));
      for (int i = 0; i < 3; i++) {
        NoiseDistribution noise = groups.calibration().noise().get(i).noise();
        double step = groups.point().statistics().get(i).step();
        int number = i;
        List<Double> drawn = noise(groups, released, row -> row[number] / step - STEPS);
        double deviation = noise.standardDeviation();
        double few = 1 / Math.sqrt(drawn.size());
        assertThat(mean(drawn)).isCloseTo(0, within(5 * deviation * few));
        // The fourth moment of Laplace noise is six times its variance squared, so 2.24 is its
        // root.
        assertThat(mean(drawn.stream().map(x -> x * x).toList()) / (deviation * deviation))
            .isCloseTo(1, within(5 * 2.24 * few));
      }
    }
  }

  @Test
  void oneSecret_makesTheSameNoiseOfAGroup_inAnyOrder_andOnAnotherMachine() {
    NoisyGroups groups = groups(QUESTION, "1");
    KeyedGroups keyed = groups.keyed(ReleaseSecret.draw());
    List<InternalRow> counted = counted(100);
    List<InternalRow> backwards = new ArrayList<>(counted);
    Collections.reverse(backwards);

    Set<InternalRow> once = new HashSet<>(released(keyed, counted));

    assertThat(once).hasSize(GROUPS);
    assertThat(new HashSet<>(released(sent(keyed), backwards))).isEqualTo(once);
  }

  /** The twin: one secret for two releases has no difference at all to show. */
  @Test
  void twoSecrets_andTwoGroups_shareNoNoise() {
    NoisyGroups groups = groups(QUESTION, "0.000001");
    List<InternalRow> counted = counted(1_000_000_000);
    KeyedGroups keyed = groups.keyed(ReleaseSecret.draw());
    List<List<Double>> one = triples(groups, released(keyed, counted));
    List<List<Double>> again = triples(groups, released(keyed, counted));
    List<List<Double>> other =
        triples(groups, released(groups.keyed(ReleaseSecret.draw()), counted));

    assertThat(one).hasSize(GROUPS).isEqualTo(again);
    Set<List<Double>> all = new HashSet<>(one);
    all.addAll(other);
    assertThat(all).hasSize(2 * GROUPS);
  }

  @Test
  void publicGroups_areNotForExecutors() {
    NoisyGroups groups = groups("SELECT ward, count(*) AS n FROM loud.each GROUP BY ward", "1");

    assertThatThrownBy(() -> groups.keyed(ReleaseSecret.draw()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static NoisyGroups groups(String question, String epsilon) {
    NoisyPoint point =
        NoiseAssessment.of(PlanLabels.of(plans.admitted(question)).releasePoints().get(0))
            .noisy()
            .orElseThrow();
    NoiseTerms terms = new NoiseTerms(Epsilon.of(epsilon), new Delta(new BigDecimal("1e-6")), 1, 1);
    return new NoisyGroups(
        point, Calibration.of(point, terms, 0), List.of(FrameName.of("still.patients")), Map.of());
  }

  /** Groups by number, of so many people each, all of the same exact numbers. */
  private static List<InternalRow> counted(long units) {
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      rows.add(
          new GenericInternalRow(new Object[] {i, units, units, 0L, STEPS, 0L, STEPS, 0L, STEPS}));
    }
    return rows;
  }

  private static List<InternalRow> released(KeyedGroups keyed, List<InternalRow> counted) {
    List<InternalRow> released = new ArrayList<>();
    Iterator<InternalRow> rows = keyed.call(counted.iterator());
    rows.forEachRemaining(released::add);
    return released;
  }

  private static List<Double> noise(
      NoisyGroups groups, List<InternalRow> released, ToDoubleFunction<double[]> of) {
    return released.stream()
        .map(row -> of.applyAsDouble(RecordedGroup.numbers(groups.point(), row)))
        .toList();
  }

  private static List<List<Double>> triples(NoisyGroups groups, List<InternalRow> released) {
    return released.stream()
        .map(row -> Arrays.stream(RecordedGroup.numbers(groups.point(), row)).boxed().toList())
        .toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static KeyedGroups sent(KeyedGroups keyed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(keyed);
      out.flush();
      return (KeyedGroups)
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
