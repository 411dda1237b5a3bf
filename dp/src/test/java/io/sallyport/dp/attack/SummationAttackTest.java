package io.sallyport.dp.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.bounds.Interval;
import io.sallyport.dp.sensitivity.ExactSum;
import io.sallyport.dp.sensitivity.Quantizer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * [CasacubertaEtAl22], arXiv:2207.10635: sums of finite types move further than the ideal sum when
 * one row is removed (repeated rounding, order, overflow).
 */
class SummationAttackTest {
  private static final int MANY = 1 << 20;

  /** Ones that vanish, or not, beside one large value: Theorem 5.7's mechanism with k = 53. */
  private static List<Double> swallowedOnes() {
    List<Double> rows = new ArrayList<>();
    rows.add(0x1p53);
    rows.addAll(Collections.nCopies(MANY, 1.0));
    return rows;
  }

  @Test
  void doubleSum_movesFurtherThanItsBound() {
    List<Double> with = swallowedOnes();
    List<Double> shifted = new ArrayList<>(with);
    shifted.remove(0);
    double moved = doubleSum(with) - doubleSum(shifted);
    assertThat(Math.abs(moved - 0x1p53)).isGreaterThan(1e6);
  }

  @Test
  void exactSum_movesByTheContributionItLost() {
    Quantizer quantizer = Quantizer.over(new Interval(0, 0x1p53));
    List<Double> with = swallowedOnes();
    List<Double> without = with.subList(1, with.size());
    BigInteger moved = exactSum(quantizer, with).subtract(exactSum(quantizer, without));
    assertThat(moved).isEqualTo(BigInteger.valueOf(quantizer.steps(0x1p53)));
    assertThat(moved).isLessThanOrEqualTo(BigInteger.valueOf(quantizer.largestSteps()));
  }

  @Test
  void doubleSum_dependsOnTheOrder_exactSumDoesNot() {
    Quantizer quantizer = Quantizer.over(new Interval(-1e9, 1e9));
    List<Double> rows = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      rows.add((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(18) - 8));
    }
    double firstDouble = doubleSum(rows);
    BigInteger firstExact = exactSum(quantizer, rows);
    boolean differed = false;
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(rows, random);
      differed |= doubleSum(rows) != firstDouble;
      assertThat(exactSum(quantizer, rows)).isEqualTo(firstExact);
      assertThat(partitioned(quantizer, rows, 1 + i)).isEqualTo(firstExact);
    }
    assertThat(differed).isTrue();
  }

  @Test
  void longSum_wrapsAround_exactSumDoesNot() {
    ExactSum sum = new ExactSum();
    long wrapped = 0;
    for (int i = 0; i < 5; i++) {
      sum.add(Long.MAX_VALUE);
      wrapped += Long.MAX_VALUE;
    }
    BigInteger five = BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(5));
    assertThat(sum.total()).isEqualTo(five);
    assertThat(BigInteger.valueOf(wrapped)).isNotEqualTo(five);
    for (int i = 0; i < 7; i++) {
      sum.add(Long.MIN_VALUE);
    }
    assertThat(sum.total())
        .isEqualTo(five.add(BigInteger.valueOf(Long.MIN_VALUE).multiply(BigInteger.valueOf(7))));
  }

  private static double doubleSum(List<Double> rows) {
    double sum = 0;
    for (double row : rows) {
      sum += row;
    }
    return sum;
  }

  private static BigInteger exactSum(Quantizer quantizer, List<Double> rows) {
    return partitioned(quantizer, rows, 1);
  }

  private static BigInteger partitioned(Quantizer quantizer, List<Double> rows, int parts) {
    List<ExactSum> sums = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      sums.add(new ExactSum());
    }
    for (int i = 0; i < rows.size(); i++) {
      sums.get(i % parts).add(quantizer.steps(rows.get(i)));
    }
    ExactSum total = new ExactSum();
    sums.forEach(total::merge);
    return total.total();
  }
}
