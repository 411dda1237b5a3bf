package io.sallyport.spark.certificate;

import io.sallyport.dp.accounting.Zcdp;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.dp.sampling.NoiseDistribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** What noise costs, computed anew from the parameter that is really drawn with. */
final class Losses {

  /**
   * A parameter is known to double precision, as is an epsilon that was converted: so much more
   * than what is charged is a rounding.
   */
  private static final BigDecimal ROUNDING = new BigDecimal("1.000000000001");

  private static final MathContext UPWARDS = new MathContext(40, RoundingMode.UP);

  private Losses() {}

  /**
   * Requires that a charge covers noise on a number of values, each of which one person moves.
   *
   * @param values how many one person moves
   * @param each how far, in steps
   */
  static void require(
      NoiseDistribution noise, BigInteger values, BigInteger each, PrivacyLoss charged) {
    BigDecimal parameter = new BigDecimal(noise.parameter());
    BigDecimal count = new BigDecimal(values);
    BigDecimal move = new BigDecimal(each);
    BigDecimal cost;
    if (noise.isGaussian()) {
      BigDecimal twiceVariance = parameter.multiply(parameter).multiply(BigDecimal.valueOf(2));
      cost = count.multiply(move).multiply(move).divide(twiceVariance, UPWARDS);
    } else {
      cost = count.multiply(move).divide(parameter, UPWARDS);
    }
    BigDecimal paid = noise.isGaussian() ? rho(charged) : pure(charged);
    NotCertifiedException.unless(isAtMost(cost, paid), "noise that is less than what is charged");
  }

  static boolean isAtMost(BigDecimal cost, BigDecimal charged) {
    return cost.compareTo(charged.multiply(ROUNDING)) <= 0;
  }

  private static BigDecimal rho(PrivacyLoss charged) {
    return charged.fold(p -> BigDecimal.ZERO, a -> BigDecimal.ZERO, c -> c.rho().value());
  }

  private static BigDecimal pure(PrivacyLoss charged) {
    return charged.fold(p -> p.epsilon().value(), a -> BigDecimal.ZERO, c -> BigDecimal.ZERO);
  }

  /** Requires that charges together are within what a policy grants one release. */
  static void requireWithin(List<PrivacyLoss> charged, Epsilon epsilon, Delta delta) {
    BigDecimal pure = BigDecimal.ZERO;
    BigDecimal deltas = BigDecimal.ZERO;
    BigDecimal rho = BigDecimal.ZERO;
    for (PrivacyLoss loss : charged) {
      pure =
          pure.add(
              loss.fold(p -> p.epsilon().value(), a -> a.epsilon().value(), c -> BigDecimal.ZERO));
      deltas =
          deltas.add(loss.fold(p -> BigDecimal.ZERO, a -> a.delta().value(), c -> BigDecimal.ZERO));
      rho = rho.add(rho(loss));
    }
    BigDecimal spare = delta.value().subtract(deltas);
    NotCertifiedException.unless(
        spare.signum() >= 0 && (rho.signum() == 0 || spare.signum() > 0),
        "charges of more delta than is granted");
    BigDecimal converted =
        rho.signum() == 0 ? BigDecimal.ZERO : Zcdp.epsilon(new Rho(rho), new Delta(spare)).value();
    NotCertifiedException.unless(
        isAtMost(pure.add(converted), epsilon.value()), "charges of more epsilon than is granted");
  }
}
