package io.sallyport.spark.release;

import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.policy.decision.NoiseTerms;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.noise.Calibration;
import io.sallyport.spark.noise.CheaperTerms;
import io.sallyport.spark.noise.NoisyPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The release points of one question that are answered with noise, each with its share of the
 * question's budget. A function of plan and policy alone.
 *
 * @param intervals whether noisy columns come with their 95 % intervals
 */
public record NoisePlan(List<Part> parts, boolean intervals) {

  static final NoisePlan NONE = new NoisePlan(List.of(), false);

  /** What is recorded of a release; another layout is another release. */
  private static final String LAYOUT = "columns, keys, numbers, counts shared";

  public NoisePlan {
    parts = List.copyOf(parts);
  }

  /**
   * One release point.
   *
   * @param terms its share of what the question may spend
   * @param cap all that the owners let the question spend
   * @param hash names exactly what is released: the canonical plan below and the noise
   * @param minimums for each frame the fewest persons a group must rest on to be shown
   */
  public record Part(
      NoisyPoint point,
      NoiseTerms terms,
      Epsilon cap,
      Calibration calibration,
      Map<FrameName, Long> minimums,
      String hash) {

    static Part of(NoisyPoint point, NoiseTerms terms, Epsilon cap, Map<FrameName, Long> minimums) {
      Calibration calibration = Calibration.of(point, terms, largest(minimums));
      boolean tested = point.hasPublicGroups() && !minimums.isEmpty();
      String hash =
          PlanText.hash(
              String.join(
                  "\n",
                  PlanText.hash(point.point().aggregate()),
                  terms.toString(),
                  minimums.toString(),
                  tested ? LAYOUT + ", minimum tested" : LAYOUT));
      return new Part(point, terms, cap, calibration, minimums, hash);
    }

    private static long largest(Map<FrameName, Long> minimums) {
      return minimums.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * The cheapest change that would make the noise smaller, in words.
     *
     * @param points how many parts share the question's epsilon
     */
    public String cheapestChange(int points) {
      NoiseTerms dearest =
          new NoiseTerms(cap.share(points), terms.delta(), terms.groups(), terms.rows());
      return CheaperTerms.of(point, terms, calibration, dearest, cap.toString(), largest(minimums));
    }

    /** The frames whose people are in it. */
    public Set<FrameName> frames() {
      return new TreeSet<>(point.point().rows().governed());
    }
  }

  /**
   * @throws RefusedException PARAM_INVALID when intervals are wished for where there is no place
   *     for them
   */
  void requirePlaceForIntervals(LogicalPlan plan) {
    boolean placed =
        parts.size() == 1 && PassOn.reaches(plan, parts.get(0).point().point().aggregate());
    if (intervals && !parts.isEmpty() && !placed) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          NoiseWish.INTERVALS + " = true, and the result is not one release with its columns",
          "one aggregate with select, filter, orderBy and limit after it, or the conf unset");
    }
  }

  static NoisePlan of(List<Routed> routes, NoiseWish wish) {
    int different =
        (int)
            routes.stream()
                .map(routed -> PlanText.hash(routed.point().point().aggregate()))
                .distinct()
                .count();
    List<Part> parts = new ArrayList<>();
    for (Routed routed : routes) {
      NoiseTerms caps = routed.route().noise().orElseThrow();
      NoiseTerms terms = wish.within(caps, different);
      parts.add(Part.of(routed.point(), terms, caps.epsilon(), routed.route().minimums()));
    }
    return new NoisePlan(parts, wish.intervals());
  }

  /** A release point and how it is answered. */
  record Routed(NoisyPoint point, NoiseRoute route) {}

  /** The parts that are drawn: what a question asks for twice is one release. */
  public List<Part> releases() {
    Map<String, Part> byHash = new LinkedHashMap<>();
    parts.forEach(part -> byHash.putIfAbsent(part.hash(), part));
    return List.copyOf(byHash.values());
  }

  /** The part that is about an aggregate, if it is answered with noise. */
  @SuppressWarnings("ReferenceEquality") // two equal nodes are two release points
  Optional<Part> part(Aggregate aggregate) {
    return parts.stream().filter(p -> p.point().point().aggregate() == aggregate).findFirst();
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** What some parts cost together. */
  public static List<PrivacyLoss> losses(List<Part> parts) {
    return parts.stream().flatMap(part -> part.calibration().losses().stream()).toList();
  }
}
