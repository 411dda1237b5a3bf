package io.sallyport.dp.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalArithmeticTest {

  @Test
  void results_containEveryValueOfTheExpression() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 5000; i++) {
      Interval a = interval(random);
      Interval b = interval(random);
      double x = inside(random, a);
      double y = inside(random, b);
      assertThat(IntervalArithmetic.plus(a, b).orElseThrow().contains(x + y)).isTrue();
      assertThat(IntervalArithmetic.minus(a, b).orElseThrow().contains(x - y)).isTrue();
      assertThat(IntervalArithmetic.times(a, b).orElseThrow().contains(x * y)).isTrue();
      assertThat(IntervalArithmetic.square(a).orElseThrow().contains(x * x)).isTrue();
      assertThat(IntervalArithmetic.absolute(a).contains(Math.abs(x))).isTrue();
      assertThat(IntervalArithmetic.negated(a).contains(-x)).isTrue();
      assertThat(IntervalArithmetic.least(a, b).contains(Math.min(x, y))).isTrue();
      assertThat(IntervalArithmetic.greatest(a, b).contains(Math.max(x, y))).isTrue();
      assertThat(IntervalArithmetic.either(a, b).contains(y)).isTrue();
      IntervalArithmetic.dividedBy(a, b).ifPresent(q -> assertThat(q.contains(x / y)).isTrue());
      if (x >= 0) {
        assertThat(IntervalArithmetic.squareRoot(a).orElseThrow().contains(Math.sqrt(x))).isTrue();
      }
    }
  }

  private static Interval interval(SplittableRandom random) {
    double a = random.nextDouble(-100, 100);
    return new Interval(a, a + random.nextDouble(0, 50));
  }

  private static double inside(SplittableRandom random, Interval interval) {
    return interval.clamp(interval.lower() + random.nextDouble() * interval.width());
  }

  @Test
  void unboundedResults_areEmpty() {
    Interval around = new Interval(-1, 1);
    Interval huge = new Interval(-1e300, 1e300);
    assertThat(IntervalArithmetic.dividedBy(around, around)).isEmpty();
    assertThat(IntervalArithmetic.times(huge, huge)).isEmpty();
    assertThat(IntervalArithmetic.squareRoot(new Interval(-2, -1))).isEmpty();
  }

  @Test
  void domain_isNarrowedNeverWidened() {
    Domain domain = new Domain(new Interval(0, 120));
    assertThat(domain.narrow(new Interval(18, 65))).isEqualTo(new Interval(18, 65));
    assertThatThrownBy(() -> domain.narrow(new Interval(18, 121)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("owner's domain [0.0, 120.0]");
  }
}
