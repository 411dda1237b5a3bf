package io.sallyport.spark.release;

import io.sallyport.dp.loss.Epsilon;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * How an analyst would like a question answered that is answered with noise. What is not said is
 * the owner's cap.
 *
 * @param epsilon of the whole question
 * @param groups how many groups one person may count in
 * @param rows how many rows of one person may count in a group
 * @param intervals whether noisy columns come with their 95 % intervals
 */
public record NoiseWish(
    Optional<Epsilon> epsilon, Optional<Long> groups, Optional<Long> rows, boolean intervals) {

  /** No wish. */
  public static final NoiseWish NONE =
      new NoiseWish(Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** The key of each wish, as a session conf. */
  public static final String EPSILON = "spark.sallyport.query.epsilon";

  public static final String GROUPS = "spark.sallyport.query.groups";
  public static final String ROWS = "spark.sallyport.query.rows";
  public static final String INTERVALS = "spark.sallyport.query.intervals";

  /** All of them: what analysts may set in a session. */
  public static final List<String> KEYS = List.of(EPSILON, GROUPS, ROWS, INTERVALS);

  /**
   * Checks one wish before it is set.
   *
   * @throws RefusedException PARAM_INVALID when the value is none
   */
  public static void requireValid(String key, String value) {
    of(one -> one.equals(key) ? Optional.of(value) : Optional.empty());
  }

  /**
   * Reads the wishes of a session.
   *
   * @param conf the session's value of a key, if it has one
   * @throws RefusedException PARAM_INVALID when a value is none
   */
  public static NoiseWish of(Function<String, Optional<String>> conf) {
    return new NoiseWish(
        conf.apply(EPSILON).map(NoiseWish::epsilon),
        conf.apply(GROUPS).map(text -> count(GROUPS, text)),
        conf.apply(ROWS).map(text -> count(ROWS, text)),
        conf.apply(INTERVALS).map(NoiseWish::yesOrNo).orElse(false));
  }

  /**
   * The terms of each of several points that are answered together.
   *
   * @throws RefusedException PARAM_INVALID when a wish is beyond the owner's cap
   */
  NoiseTerms within(NoiseTerms caps, int points) {
    Epsilon whole = epsilon.orElse(caps.epsilon());
    requireWithin(EPSILON, whole.value(), caps.epsilon().value());
    long groupsPerPerson = groups.orElse(caps.groups());
    requireWithin(GROUPS, BigDecimal.valueOf(groupsPerPerson), BigDecimal.valueOf(caps.groups()));
    long rowsPerGroup = rows.orElse(caps.rows());
    requireWithin(ROWS, BigDecimal.valueOf(rowsPerGroup), BigDecimal.valueOf(caps.rows()));
    return new NoiseTerms(
        whole.share(points), caps.delta().share(points), groupsPerPerson, rowsPerGroup);
  }

  private static void requireWithin(String key, BigDecimal wish, BigDecimal cap) {
    if (wish.compareTo(cap) > 0) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          key + " = " + wish.toPlainString() + " is more than the policy's dp(...) allows",
          key + " of at most " + cap.toPlainString());
    }
  }

  private static Epsilon epsilon(String text) {
    try {
      Epsilon epsilon = Epsilon.of(text.trim());
      if (!epsilon.isZero()) {
        return epsilon;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(EPSILON, "a decimal number above 0, such as 0.5");
    }
    throw invalid(EPSILON, "a decimal number above 0, such as 0.5");
  }

  private static boolean yesOrNo(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(INTERVALS, "true or false");
    };
  }

  private static long count(String key, String text) {
    if (text.trim().matches("[1-9][0-9]{0,8}")) {
      return Long.parseLong(text.trim());
    }
    throw invalid(key, "a whole number from 1");
  }

  private static RefusedException invalid(String key, String remedy) {
    return RefusedException.of(RefusalCode.PARAM_INVALID, key + " has no valid value", remedy);
  }
}
