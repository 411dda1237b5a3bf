package io.sallyport.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.accounting.PrivacyFilter.BasicOrConcentrated;
import io.sallyport.dp.distribution.NormalDistribution;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.mechanism.NoiseBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pure and Gaussian releases in one budget: as cheap as can be proved, and never too cheap. */
final class FilterBoundsTest {

  /** What a question costs whose noise is Gaussian. */
  private static PrivacyLoss gaussian(String epsilon) {
    PrivacyLoss granted = new PrivacyLoss.Approximate(Epsilon.of(epsilon), Delta.of("1e-8"));
    return NoiseBudget.gaussian(granted).orElseThrow().loss();
  }

  @Test
  void oneGaussianQuestion_costsAboutWhatItStates() {
    BasicOrConcentrated filter = after(filter("2", "1e-6"), gaussian("0.1"));

    assertThat(filter.remaining().upper()).isBetween(1.88, 1.99);
  }

  @Test
  void afterAPureQuestion_gaussianOnesAreAdmitted() {
    BasicOrConcentrated filter = after(filter("2", "1e-6"), pure("1"));
    filter = after(filter, gaussian("0.1"));
    filter = after(filter, gaussian("0.2"));

    assertThat(filter.remaining().upper()).isBetween(0.6, 0.85);
    filter = after(filter, pure("0.6"));
    assertThat(filter.admit(pure("0.4"))).isInstanceOf(PrivacyFilter.Refused.class);
  }

  /** Hardly less than with all converted, or with the rho alone converted at a small share. */
  @ParameterizedTest
  @CsvSource({"0.5,1e-9", "2,1e-6", "10,1e-6", "50,1e-12", "1000,0.01", "0.001,1e-30"})
  void remaining_isThatOfTheBestWay(String epsilon, String delta) {
    Random random = new Random(epsilon.hashCode());
    double limit = Double.parseDouble(epsilon);
    Delta half = Delta.of(delta).share(2);
    double all = Zcdp.rho(Epsilon.of(epsilon), half).lower();
    for (int i = 0; i < 200; i++) {
      double pure = random.nextInt(3) == 0 ? 0 : limit * random.nextDouble();
      double rho = all * Math.pow(random.nextDouble(), 4);
      int parts = 1 + random.nextInt(1000);
      Composition spent =
          Composition.EMPTY
              .plus(new PrivacyLoss.Pure(Epsilon.atLeast(pure / parts)), parts)
              .plus(new PrivacyLoss.Concentrated(Rho.atLeast(rho)));
      double remaining =
          new BasicOrConcentrated(Epsilon.of(epsilon), Delta.of(delta), spent).remaining().upper();

      double converted = Zcdp.epsilon(spent.rho(), half.share(8 * 600)).upper();
      assertThat(remaining).as("apart").isGreaterThan(0.999 * limit - pure - 1.03 * converted);
      double left = 0.97 * all - spent.concentrated().upper();
      assertThat(remaining).as("together").isGreaterThanOrEqualTo(Math.sqrt(Math.max(0, 2 * left)));
    }
  }

  @Test
  void pureQuestions_areAddedUp_andManySmallOnesAreConverted() {
    assertThat(count(filter("2", "1e-6"), pure("0.25"))).isEqualTo(8);
    assertThat(count(filter("2", "0"), pure("0.25"))).isEqualTo(8);
    Rho old = Zcdp.rho(Epsilon.of("2"), Delta.of("5e-7"));
    int byOld = (int) (old.lower() / Zcdp.ofPure(Epsilon.of("0.005")).upper());
    assertThat(count(filter("2", "1e-6"), pure("0.005")))
        .isBetween((int) (0.98 * byOld), byOld)
        .isGreaterThan(1000);
  }

  /** For randomized response and Gaussian noise the divergence has a formula. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void spentToTheLast_isWithinDelta(long seed) {
    Random random = new Random(seed);
    double limit = List.of(0.5, 2.0, 8.0).get(random.nextInt(3));
    Delta delta = Delta.of(List.of("1e-3", "1e-6").get(random.nextInt(2)));
    PrivacyFilter filter = new BasicOrConcentrated(Epsilon.atMost(limit), delta, Composition.EMPTY);
    List<Double> responses = new ArrayList<>();
    double rho = 0;
    for (int i = 0; i < 400; i++) {
      boolean response = responses.size() < 12 && random.nextInt(4) == 0;
      double size = limit * random.nextDouble() / (i > 200 ? 50 : 10);
      PrivacyLoss loss =
          response
              ? new PrivacyLoss.Pure(Epsilon.atLeast(size))
              : new PrivacyLoss.Concentrated(Rho.atLeast(size * size / 8));
      if (filter.admit(loss) instanceof PrivacyFilter.Admitted admitted) {
        filter = admitted.next();
        rho += response ? 0 : size * size / 8;
        if (response) {
          responses.add(size);
        }
      }
    }

    assertThat(delta(responses, 0, rho, limit)).isPositive().isLessThan(delta.upper() / 2);
  }

  /** Of the rest of some responses when those before have lost so much. */
  private static double delta(List<Double> responses, double loss, double rho, double epsilon) {
    if (responses.isEmpty()) {
      double mu = Math.sqrt(2 * rho);
      double x = epsilon - loss;
      return NormalDistribution.survival(x / mu - mu / 2)
          - Math.exp(x) * NormalDistribution.survival(x / mu + mu / 2);
    }
    double size = responses.get(0);
    List<Double> rest = responses.subList(1, responses.size());
    double likely = 1 / (1 + Math.exp(-size));
    return likely * delta(rest, loss + size, rho, epsilon)
        + (1 - likely) * delta(rest, loss - size, rho, epsilon);
  }

  /**
   * Whoever asks sees each answer and asks what serves them best: all such ways at once, by the
   * last answer backwards. Each question is randomized response, charged in epsilon or in rho.
   */
  @ParameterizedTest
  @CsvSource({"2,0.02,0.2", "3,0.001,0.1", "1,0.1,0.1", "4,0.00001,0.1"})
  void bestAdaptiveAttack_isWithinDelta(String epsilon, String delta, String size) {
    Attack attack = new Attack(filter(epsilon, delta), Epsilon.of(size));

    double best = attack.best();
    assertThat(best).isLessThan(Double.parseDouble(delta) / 2);
    assertThat(best).as("an attack that the limit lets nearly through").isPositive();
  }

  /** Values of games by (questions in epsilon, questions in rho, net losses). */
  private static final class Attack {
    private static final int MOST = 200;
    private final BasicOrConcentrated filter;
    private final Epsilon size;
    private final double likely;
    private final double limit;

    Attack(BasicOrConcentrated filter, Epsilon size) {
      this.filter = filter;
      this.size = size;
      this.likely = 1 / (1 + Math.exp(-size.upper()));
      this.limit = filter.limit().lower();
    }

    double best() {
      boolean[][] admits = new boolean[MOST][MOST];
      for (int p = 0; p < MOST; p++) {
        for (int c = 0; c < MOST; c++) {
          boolean before =
              (p == 0 && c == 0) || (p > 0 && admits[p - 1][c]) || (c > 0 && admits[p][c - 1]);
          admits[p][c] = before && admits(p, c);
        }
      }
      double[][][] value = new double[MOST + 1][MOST + 1][];
      for (int p = MOST - 1; p >= 0; p--) {
        for (int c = MOST - 1; c >= 0; c--) {
          if (admits[p][c]) {
            assertThat(Math.max(p, c)).as("all games end").isLessThan(MOST - 1);
            value[p][c] = values(p + c, value[p + 1][c], value[p][c + 1]);
          }
        }
      }
      return value[0][0][0];
    }

    private boolean admits(int inEpsilon, int inRho) {
      Composition spent =
          Composition.EMPTY
              .plus(new PrivacyLoss.Pure(size), inEpsilon)
              .plus(new PrivacyLoss.Concentrated(Zcdp.ofPure(size)), inRho);
      return new BasicOrConcentrated(filter.limit(), filter.deltaLimit(), spent)
              .admit(new PrivacyLoss.Pure(Epsilon.ZERO))
          instanceof PrivacyFilter.Admitted;
    }

    /** At index i the loss so far is (2 i - asked) times the size. */
    private double[] values(int asked, double[] withPure, double[] withRho) {
      double[] values = new double[asked + 1];
      for (int i = 0; i <= asked; i++) {
        double loss = (2 * i - asked) * size.upper();
        double best = Math.max(0, -Math.expm1(limit - loss));
        for (double[] next : new double[][] {withPure, withRho}) {
          if (next != null) {
            best = Math.max(best, likely * next[i + 1] + (1 - likely) * next[i]);
          }
        }
        values[i] = best;
      }
      return values;
    }
  }

  private static int count(PrivacyFilter filter, PrivacyLoss loss) {
    int count = 0;
    PrivacyFilter now = filter;
    while (now.admit(loss) instanceof PrivacyFilter.Admitted admitted) {
      now = admitted.next();
      count++;
    }
    return count;
  }

  private static BasicOrConcentrated after(BasicOrConcentrated filter, PrivacyLoss loss) {
    PrivacyFilter.Admission admission = filter.admit(loss);
    assertThat(admission).isInstanceOf(PrivacyFilter.Admitted.class);
    return (BasicOrConcentrated) ((PrivacyFilter.Admitted) admission).next();
  }

  private static BasicOrConcentrated filter(String epsilon, String delta) {
    return new BasicOrConcentrated(Epsilon.of(epsilon), Delta.of(delta), Composition.EMPTY);
  }

  private static PrivacyLoss pure(String epsilon) {
    return new PrivacyLoss.Pure(Epsilon.of(epsilon));
  }
}
