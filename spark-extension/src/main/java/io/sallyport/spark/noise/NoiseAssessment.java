package io.sallyport.spark.noise;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Objection;
import io.sallyport.spark.label.AggregateTerm;
import io.sallyport.spark.label.CanonicalKeys;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.label.RowLabel;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/**
 * Whether a release point can be answered with noise.
 *
 * <p>It can when every row below is one person's and nothing else's, all frames count the same kind
 * of person, and each function has an estimator with bounded arguments. That is the rule of
 * [WilsonEtAl20]: removing a person removes exactly that person's rows. Filters, keys and arguments
 * may be anything that is computed row by row.
 *
 * @param noisy how, when nothing stands against it
 * @param objections what does, for each frame; the same text for all where it is about the plan
 */
public record NoiseAssessment(
    Optional<NoisyPoint> noisy, Map<FrameName, List<Objection>> objections) {

  /** Assesses a release point of a labelled plan. */
  public static NoiseAssessment of(ReleasePoint found) {
    return ofRows(KeyTable.ofPeopleOnly(found).orElse(found));
  }

  private static NoiseAssessment ofRows(ReleasePoint point) {
    Map<FrameName, List<Objection>> found = new TreeMap<>();
    point.rows().governed().forEach(frame -> found.put(frame, new ArrayList<>()));
    if (!(point.rows() instanceof RowLabel.Owned owned)) {
      if (point.rows() instanceof RowLabel.Mixed mixed) {
        mixed.why().forEach((frame, why) -> found.get(frame).add(why));
      }
      return new NoiseAssessment(Optional.empty(), found);
    }
    LogicalPlan input = point.aggregate().child();
    Set<Objection> about = new LinkedHashSet<>();
    spaces(input).ifPresent(about::add);
    ownRows(input).ifPresent(about::add);
    rowsApart(owned, input).ifPresent(about::add);
    CanonicalKeys.against(point.aggregate()).ifPresent(about::add);
    PublicDomains domains = PublicDomains.of(input);
    Estimators table = new Estimators(domains, new Presence(input), owned.unitColumns());
    List<Estimator> estimators =
        AggregateTerm.of(point.aggregate()).stream()
            .flatMap(term -> table.of(term.function()).stream())
            .toList();
    about.addAll(table.objections());
    found.values().forEach(list -> list.addAll(about));
    return new NoiseAssessment(
        about.isEmpty() ? Optional.of(NoisyPoint.of(point, estimators, domains)) : Optional.empty(),
        found);
  }

  /** What stands against noise on a frame; at least one when there is no way. */
  public List<Objection> against(FrameName frame) {
    return objections.getOrDefault(frame, List.of());
  }

  private static Optional<Objection> spaces(LogicalPlan input) {
    Set<String> spaces = new TreeSet<>();
    Scala.<LogicalPlan>list(input.collectLeaves()).stream()
        .filter(SealedFrame.class::isInstance)
        .flatMap(leaf -> ((SealedFrame) leaf).table().frame().stream())
        .map((Frame frame) -> frame.facts().unitSpace())
        .forEach(spaces::add);
    return spaces.size() <= 1
        ? Optional.empty()
        : Optional.of(
            new Objection(
                RefusalCode.UNIT_AMBIGUOUS,
                "frames of different unit spaces meet: " + String.join(", ", spaces),
                "frames of one unit-space below each aggregate"));
  }

  /** Where rows are people, no column tells whose part of a group is cut. */
  private static Optional<Objection> rowsApart(RowLabel.Owned owned, LogicalPlan input) {
    return !owned.countsRows() || SingleRows.in(input)
        ? Optional.empty()
        : Optional.of(
            new Objection(
                RefusalCode.UNIT_LOST,
                "rows of several frames, each a person of its own, which no column tells apart",
                "one such frame below each aggregate"));
  }

  /** Rows of nobody would be left out without a word. */
  private static Optional<Objection> ownRows(LogicalPlan plan) {
    for (LogicalPlan child : Scala.children(plan)) {
      Optional<Objection> below = ownRows(child);
      if (below.isPresent()) {
        return below;
      }
    }
    if (plan instanceof Union) {
      List<LogicalPlan> branches = Scala.children(plan);
      long governed =
          branches.stream().filter(b -> !PlanLabels.of(b).root().rows().isFree()).count();
      if (governed > 0 && governed < branches.size()) {
        return Optional.of(
            new Objection(
                RefusalCode.UNIT_LOST,
                "a union of a frame with rows that are nobody's",
                "a union of frames, or the other rows added to the released result"));
      }
    }
    return Optional.empty();
  }
}
