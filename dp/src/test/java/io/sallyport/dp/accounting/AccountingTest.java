package io.sallyport.dp.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.mechanism.Count;
import io.sallyport.dp.mechanism.NoiseBudget;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountingTest {
  private static final Delta MILLIONTH = Delta.of("1e-6");
  private static final PrivacyLoss TENTH = new PrivacyLoss.Pure(Epsilon.of("0.1"));

  /** The value of rho(1, 1e-6) in the design notes, from IBM's cdp2adp. */
  @Test
  void rho_ofOneAndAMillionth_agreesWithCdp2adp() {
    double rho = Zcdp.rho(Epsilon.of("1"), MILLIONTH).value().doubleValue();
    assertThat(rho).isBetween(0.02435, 0.02437);
  }

  @Test
  void conversions_thereAndBack_neverGainBudget() {
    for (String epsilon : List.of("1e-6", "0.01", "1", "7.5", "50")) {
      for (String delta : List.of("1e-3", "1e-9", "1e-30")) {
        Rho rho = Zcdp.rho(Epsilon.of(epsilon), Delta.of(delta));
        assertThat(Zcdp.epsilon(rho, Delta.of(delta))).isLessThanOrEqualTo(Epsilon.of(epsilon));
        assertThat(Zcdp.epsilon(rho.times(2), Delta.of(delta))).isGreaterThan(Epsilon.of(epsilon));
      }
    }
  }

  @Test
  void conversion_isTighterThanTheSimpleFormula() {
    for (double rho : new double[] {0.001, 0.1, 1, 10}) {
      double simple = rho + 2 * Math.sqrt(rho * Math.log(1e6));
      assertThat(Zcdp.epsilon(Rho.atLeast(rho), MILLIONTH).upper()).isLessThan(simple);
    }
  }

  @Test
  void pureWithin_isTheLargestThatFits() {
    Rho rho = Rho.of("0.5");
    assertThat(Zcdp.pureWithin(rho).value().doubleValue()).isBetween(0.999999, 1.0);
    assertThat(Zcdp.ofPure(Zcdp.pureWithin(rho))).isLessThanOrEqualTo(rho);
  }

  @Test
  void composition_ofManySmallReleases_isBetterThanTheSum() {
    Composition total = Composition.EMPTY.plus(TENTH, 100);
    assertThat(total.epsilon(Delta.ZERO)).isEqualTo(Epsilon.of("10"));
    assertThat(total.epsilon(MILLIONTH)).isLessThan(Epsilon.of("6"));
    assertThat(Composition.EMPTY.plus(TENTH).epsilon(MILLIONTH)).isEqualTo(Epsilon.of("0.1"));
  }

  @Test
  void composition_withDeltas_keepsThemApart() {
    PrivacyLoss approximate = new PrivacyLoss.Approximate(Epsilon.of("0.1"), Delta.of("1e-7"));
    Composition total =
        Composition.EMPTY.plus(approximate).plus(new PrivacyLoss.Concentrated(Rho.of("0.01")));
    assertThatThrownBy(() -> total.epsilon(Delta.of("1e-7")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(total.epsilon(MILLIONTH)).isGreaterThan(Epsilon.of("0.1"));
  }

  @Test
  void filter_admitsExactlyItsLimit_inAnyOrder() {
    PrivacyFilter filter = PrivacyFilter.basic(Epsilon.of("1"), Delta.ZERO);
    for (int i = 0; i < 10; i++) {
      filter = ((PrivacyFilter.Admitted) filter.admit(TENTH)).next();
    }
    assertThat(filter.admit(new PrivacyLoss.Pure(Epsilon.of("1e-60"))))
        .isEqualTo(new PrivacyFilter.Refused("epsilon 0, delta 0"));
  }

  @Test
  void filter_inRho_countsPureLossesAndDeltas() {
    PrivacyFilter filter = PrivacyFilter.concentrated(Rho.of("0.01"), Delta.of("1e-7"));
    PrivacyFilter once = ((PrivacyFilter.Admitted) filter.admit(TENTH)).next();
    assertThat(((PrivacyFilter.Concentrated) once).spent().concentrated())
        .isEqualTo(Rho.of("0.005"));
    PrivacyFilter twice = ((PrivacyFilter.Admitted) once.admit(TENTH)).next();
    assertThat(twice.admit(new PrivacyLoss.Concentrated(Rho.of("1e-50"))))
        .isInstanceOf(PrivacyFilter.Refused.class);
    assertThat(once.admit(new PrivacyLoss.Approximate(Epsilon.ZERO, Delta.of("2e-7"))))
        .isInstanceOf(PrivacyFilter.Refused.class);
  }

  @Test
  void odometer_coversTheSumAndGrows() {
    Odometer odometer = Odometer.starting(Rho.of("0.001"), MILLIONTH);
    assertThat(odometer.spent()).isEqualTo(Epsilon.ZERO);
    odometer = odometer.plus(TENTH);
    assertThat(odometer.spent()).isEqualTo(Epsilon.of("0.1"));
    Epsilon before = Epsilon.ZERO;
    for (int i = 0; i < 50; i++) {
      odometer = odometer.plus(new PrivacyLoss.Concentrated(Rho.of("0.001")));
      Epsilon spent = odometer.spent();
      Epsilon inAdvance = Zcdp.epsilon(odometer.total().concentrated(), MILLIONTH);
      assertThat(spent).isGreaterThanOrEqualTo(before).isGreaterThan(inAdvance);
      before = spent;
    }
    Odometer last = odometer;
    PrivacyLoss withDelta = new PrivacyLoss.Approximate(Epsilon.ZERO, MILLIONTH);
    assertThatThrownBy(() -> last.plus(withDelta)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pld_ofManyReleases_isTighterThanEverythingElse() {
    Count laplace =
        Count.of(ContributionBounds.SINGLE, new NoiseBudget.Laplace(Epsilon.of("0.02")));
    Count gaussian =
        Count.of(new ContributionBounds(4, 2), new NoiseBudget.Gaussian(Rho.of("0.0002")));
    PldAccountant pld =
        PldAccountant.EMPTY
            .plus(laplace.parts().get(0), 300)
            .plus(gaussian.parts().get(0), 200)
            .plus(TENTH);
    Composition plain =
        Composition.EMPTY
            .plus(laplace.parts().get(0).loss(), 300)
            .plus(gaussian.parts().get(0).loss(), 200)
            .plus(TENTH);
    Epsilon tight = pld.epsilon(MILLIONTH);
    assertThat(tight).isLessThan(plain.epsilon(MILLIONTH));
    // Never below the Gaussian limit of the same rho, which no accountant can beat by much.
    assertThat(tight.upper()).isGreaterThan(0.8 * plain.epsilon(MILLIONTH).upper());
  }

  @Test
  void pld_withTinyDelta_fallsBackAndStaysSound() {
    PldAccountant pld = PldAccountant.EMPTY.plus(TENTH).plus(TENTH);
    assertThat(pld.epsilon(Delta.of("1e-50"))).isEqualTo(Epsilon.of("0.2"));
    assertThatThrownBy(() -> pld.plus(new PrivacyLoss.Concentrated(Rho.of("1"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void loss_ofNoiseReallyDrawn_isWithinTheGrant() {
    for (String epsilon : List.of("1e-6", "0.1", "1", "50")) {
      NoiseBudget budget = new NoiseBudget.Laplace(Epsilon.of(epsilon));
      ContributionBounds bounds = new ContributionBounds(7, 13);
      PrivacyLoss.Pure loss = (PrivacyLoss.Pure) Count.of(bounds, budget).parts().get(0).loss();
      assertThat(loss.epsilon().value().doubleValue())
          .isLessThanOrEqualTo(Double.parseDouble(epsilon) * (1 + 1e-12));
    }
  }
}
