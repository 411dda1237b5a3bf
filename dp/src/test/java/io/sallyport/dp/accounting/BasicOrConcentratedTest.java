package io.sallyport.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.dp.accounting.PrivacyFilter.BasicOrConcentrated;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The better of basic and concentrated composition, and never more than either allows. */
final class BasicOrConcentratedTest {

  @Test
  void fewLargeReleases_areAddedUp() {
    assertThat(admitted(filter("10", "1e-6"), pure("1"))).isEqualTo(10);
  }

  @Test
  void manySmallReleases_composeBetter() {
    int basic = 10_000;
    int both = admitted(filter("10", "1e-6"), pure("0.01"));

    assertThat(both).isGreaterThan(basic);
    Rho limit = Zcdp.rho(Epsilon.of("10"), new Delta(new BigDecimal("5e-7")));
    assertThat(Zcdp.ofPure(Epsilon.of("0.01")).times(both)).isLessThanOrEqualTo(limit);
  }

  @Test
  void withoutDelta_onlyPureReleasesAreAdmitted() {
    assertThat(admitted(filter("1", "0"), new PrivacyLoss.Concentrated(rho("1e-9")))).isZero();
    assertThat(admitted(filter("1", "0"), pure("0.1"))).isEqualTo(10);
  }

  @Test
  void gaussianReleases_endTheBasicWay() {
    PrivacyFilter after = next(filter("10", "1e-6"), new PrivacyLoss.Concentrated(rho("1.2")));

    assertThat(after.admit(pure("5"))).isInstanceOf(PrivacyFilter.Refused.class);
    assertThat(after.admit(pure("0.1"))).isInstanceOf(PrivacyFilter.Admitted.class);
  }

  @Test
  void statedDeltas_haveHalfOfIt() {
    PrivacyLoss loss = new PrivacyLoss.Approximate(Epsilon.ZERO, new Delta(new BigDecimal("2e-7")));

    assertThat(admitted(filter("10", "1e-6"), loss)).isEqualTo(2);
  }

  @Test
  void remaining_isWhatIsAdmitted_andTheNextDigitIsNot() {
    BasicOrConcentrated filter = (BasicOrConcentrated) next(filter("3", "1e-6"), pure("2.25"));

    assertThat(filter.remaining()).isEqualTo(Epsilon.of("0.75"));
    assertThat(filter.admit(pure("0.75"))).isInstanceOf(PrivacyFilter.Admitted.class);
    assertThat(filter.admit(pure("0.7500001"))).isInstanceOf(PrivacyFilter.Refused.class);
  }

  private static int admitted(PrivacyFilter filter, PrivacyLoss loss) {
    int count = 0;
    while (filter.admit(loss) instanceof PrivacyFilter.Admitted admitted) {
      filter = admitted.next();
      count++;
    }
    return count;
  }

  private static PrivacyFilter next(PrivacyFilter filter, PrivacyLoss loss) {
    return ((PrivacyFilter.Admitted) filter.admit(loss)).next();
  }

  private static PrivacyFilter filter(String epsilon, String delta) {
    return new BasicOrConcentrated(
        Epsilon.of(epsilon), new Delta(new BigDecimal(delta)), Composition.EMPTY);
  }

  private static PrivacyLoss pure(String epsilon) {
    return new PrivacyLoss.Pure(Epsilon.of(epsilon));
  }

  private static Rho rho(String value) {
    return new Rho(new BigDecimal(value));
  }
}
