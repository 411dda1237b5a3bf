package io.sallyport.spark.exact;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A number that is made of stored columns: a sum of products with constant coefficients. Exact, to
 * sixty digits where a constant is divided.
 *
 * @param terms coefficients by product; none of them is zero
 * @param mentioned every variable that was written, also where its coefficient is zero: where one
 *     of them is missing, there is no number
 */
record Polynomial(Map<Monomial, BigDecimal> terms, Set<Monomial> mentioned) {

  private static final MathContext DIGITS = new MathContext(60);

  Polynomial {
    Map<Monomial, BigDecimal> kept = new LinkedHashMap<>();
    terms.forEach(
        (monomial, coefficient) -> {
          if (coefficient.signum() != 0) {
            kept.put(monomial, coefficient);
          }
        });
    terms = Map.copyOf(kept);
    mentioned = Set.copyOf(mentioned);
  }

  static Polynomial constant(BigDecimal value) {
    return new Polynomial(Map.of(Monomial.ONE, value), Set.of());
  }

  static Polynomial of(Monomial variable) {
    return new Polynomial(Map.of(variable, BigDecimal.ONE), Set.of(variable));
  }

  Polynomial plus(Polynomial other) {
    Map<Monomial, BigDecimal> sum = new LinkedHashMap<>(terms);
    other.terms.forEach((monomial, c) -> sum.merge(monomial, c, BigDecimal::add));
    return new Polynomial(sum, both(other));
  }

  Polynomial times(BigDecimal factor) {
    Map<Monomial, BigDecimal> scaled = new LinkedHashMap<>();
    terms.forEach((monomial, c) -> scaled.put(monomial, c.multiply(factor, DIGITS)));
    return new Polynomial(scaled, mentioned);
  }

  Polynomial times(Polynomial other) {
    Map<Monomial, BigDecimal> product = new LinkedHashMap<>();
    terms.forEach(
        (a, ca) ->
            other.terms.forEach(
                (b, cb) -> product.merge(a.times(b), ca.multiply(cb, DIGITS), BigDecimal::add)));
    return new Polynomial(product, both(other));
  }

  /** The same divided by a constant other than zero. */
  Polynomial dividedBy(BigDecimal constant) {
    return times(BigDecimal.ONE.divide(constant, DIGITS));
  }

  /** Its value, when it is a constant that mentions nothing. */
  Optional<BigDecimal> constantValue() {
    return mentioned.isEmpty() && terms.keySet().stream().allMatch(Monomial.ONE::equals)
        ? Optional.of(terms.getOrDefault(Monomial.ONE, BigDecimal.ZERO))
        : Optional.empty();
  }

  boolean isZero() {
    return terms.isEmpty();
  }

  int degree() {
    return terms.keySet().stream().mapToInt(Monomial::degree).max().orElse(0);
  }

  private Set<Monomial> both(Polynomial other) {
    Set<Monomial> all = new LinkedHashSet<>(mentioned);
    all.addAll(other.mentioned);
    return all;
  }
}
