package io.sallyport.spark.noise;

import io.sallyport.dp.accuracy.Accuracy;
import io.sallyport.policy.decision.NoiseTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The cheapest change to a question that would make its noise smaller, with how much smaller.
 *
 * <p>First what costs no budget: fewer groups or rows that one person counts in, whichever helps
 * more; then asking for one function alone; then more epsilon, if the owner's cap has room. A
 * function of plan and policy alone.
 */
public final class CheaperTerms {

  private static final String KEY = "spark.sallyport.query.";

  private final NoisyPoint point;
  private final long minimumUnits;
  private final Accuracy now;

  private CheaperTerms(NoisyPoint point, long minimumUnits, Accuracy now) {
    this.point = point;
    this.minimumUnits = minimumUnits;
    this.now = now;
  }

  private record Change(String what, Calibration calibration, Accuracy accuracy) {}

  /**
   * The change, in words.
   *
   * @param terms of the point, whose calibration is {@code now}
   * @param dearer the same with all the epsilon that the policy allows
   * @param cap that epsilon, of the whole question
   * @param minimumUnits as for {@link Calibration#of}
   */
  public static String of(
      NoisyPoint point,
      NoiseTerms terms,
      Calibration now,
      NoiseTerms dearer,
      String cap,
      long minimumUnits) {
    if (point.noisyParts() == 0) {
      return "cheapest change that would help: an owner who declares the values of the keys";
    }
    CheaperTerms search = new CheaperTerms(point, minimumUnits, accuracy(point, now));
    Optional<Change> best = search.fewer(terms, now).or(() -> search.alone(terms));
    if (best.isEmpty() && dearer.epsilon().compareTo(terms.epsilon()) > 0) {
      best = search.helpful("%sepsilon = %s, at that price,".formatted(KEY, cap), point, dearer);
    }
    return best.map(change -> search.words(change, now))
        .orElse(
            "cheapest change that would help: none within the policy's dp(...); its owner could"
                + " allow more epsilon");
  }

  /** One person counts in fewer groups or rows: what is beyond is dropped. */
  private Optional<Change> fewer(NoiseTerms terms, Calibration calibration) {
    List<Optional<Change>> changes = new ArrayList<>();
    if (calibration.bounds().groups() > 1) {
      changes.add(
          helpful(
              KEY + "groups = 1",
              point,
              new NoiseTerms(terms.epsilon(), terms.delta(), 1, terms.rows())));
    }
    if (calibration.bounds().perGroup() > 1) {
      changes.add(
          helpful(
              KEY + "rows = 1",
              point,
              new NoiseTerms(terms.epsilon(), terms.delta(), terms.groups(), 1)));
    }
    return changes.stream()
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(change -> change.accuracy().halfWidth95()));
  }

  /** The first function alone has what all share now. */
  private Optional<Change> alone(NoiseTerms terms) {
    Estimator first = point.estimators().get(0);
    if (first.statistics().isEmpty() != point.statistics().isEmpty()) {
      return Optional.empty();
    }
    NoisyPoint only =
        new NoisyPoint(
            point.point(),
            first.statistics(),
            first.values(),
            List.of(first),
            point.publicKeys(),
            point.singleRows());
    return helpful("asking for " + first.function().sql() + " alone", only, terms);
  }

  private Optional<Change> helpful(String what, NoisyPoint changed, NoiseTerms terms) {
    Calibration calibration = Calibration.of(changed, terms, minimumUnits);
    Accuracy accuracy = accuracy(changed, calibration);
    return accuracy.halfWidth95() < now.halfWidth95()
        ? Optional.of(new Change(what, calibration, accuracy))
        : Optional.empty();
  }

  private String words(Change change, Calibration before) {
    String threshold = "";
    if (before.selection().isPresent() && change.calibration().selection().isPresent()) {
      long from = before.selection().get().threshold();
      long to = change.calibration().selection().get().threshold();
      threshold =
          to < from
              ? ", and show groups from about %d people on instead of %d".formatted(to, from)
              : "";
    }
    return "cheapest change that would help: %s would make the 95 %% half-width of %s %s instead of %s%s"
        .formatted(
            change.what(),
            NoiseWords.first(point),
            NoiseWords.number(change.accuracy().halfWidth95()),
            NoiseWords.number(now.halfWidth95()),
            threshold);
  }

  /** Of the first noisy number, by which calibrations are compared. */
  private static Accuracy accuracy(NoisyPoint point, Calibration calibration) {
    return NoiseWords.firstAccuracy(point, calibration);
  }
}
