package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.label.ReleasePoint;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * Releases aggregates over people, one after the other: runs each with its evidence, checks every
 * group against the verdict's obligations, and returns the groups that may be shown, sorted by
 * their keys. Where groups are left out, the other release points of the plan cannot tell them.
 *
 * <p>Guarantee: all returned rows meet one and the same requirement of each obligated frame. In
 * particular each rests on at least {@code minimumUnits} distinct units, and so does what its
 * missing arguments, its conditions and the plan's filters and joins leave out, unless that is
 * nothing, and what groups that are not returned are together.
 */
final class AggregationRelease {

  private record Shown(Measured measured, List<Group> groups) {}

  private final Chamber chamber;
  private final FrameTotals totals;
  private final Unseal unseal;
  private final int mostRows;
  private final Margins margins;
  private final IdentityHashMap<Aggregate, Shown> nested = new IdentityHashMap<>();

  /** For the release points of one plan, all of which read the data in one state. */
  AggregationRelease(
      Chamber chamber, FrameTotals totals, Unseal unseal, int mostRows, Margins margins) {
    this.chamber = chamber;
    this.totals = totals;
    this.unseal = unseal;
    this.mostRows = mostRows;
    this.margins = margins;
  }

  /**
   * @param point the release point as it was judged
   * @param aggregate the same node, what is released below it in its place
   * @param refusal what to throw when an obligation is broken and the policy does not suppress
   * @throws RefusedException SMALL_GROUP, in the same words for no unit, for too few and for enough
   *     of whom one dominates
   */
  Released release(
      ReleasePoint point,
      Aggregate aggregate,
      List<Obligation> verdict,
      Function<Obligation, RuntimeException> refusal) {
    List<Obligation> obligations = unmet(verdict);
    Shown shown = shown(point.aggregate(), aggregate, obligations, refusal);
    Measured measured = shown.measured();
    if (!obligations.isEmpty()) {
      new CutAway(chamber, totals, unseal)
          .broken(
              measured.check().chosen(),
              aggregate.child(),
              measured.point().input(),
              measured.groups())
          .ifPresent(
              broken -> {
                throw refusal.apply(measured.check().whole(broken));
              });
    }
    return released(aggregate, point.output(), measured.point(), shown.groups());
  }

  private Shown shown(
      Aggregate judged,
      Aggregate aggregate,
      List<Obligation> obligations,
      Function<Obligation, RuntimeException> refusal) {
    Optional<List<Aggregate>> chain = margins.chain(judged);
    if (chain.isPresent()) {
      if (!nested.containsKey(judged)) {
        measureNested(chain.get(), refusal);
      }
      return nested.get(judged);
    }
    Measured measured = measured(aggregate, obligations);
    requireNoRefusal(measured, refusal);
    List<Group> broken = measured.groups(measured.groups(), false);
    if (!broken.isEmpty() && !margins.isAlone(judged)) {
      // Other answers of this plan could tell what is left out.
      throw refusal.apply(measured.check().broken(broken.get(0)).get(0));
    }
    return new Shown(measured, measured.shown(measured.groups()));
  }

  private Measured measured(Aggregate aggregate, List<Obligation> obligations) {
    Point point = Point.of(aggregate, obligations, FrameTotals.tables(aggregate));
    Survey survey = new Survey(chamber, unseal);
    List<Group> groups = survey.of(point, obligations);
    GroupCheck check = new GroupCheck(point, obligations, groups);
    return new Measured(point, groups, check, new Remainder(survey, point, check.chosen()));
  }

  /** Throws when a group is broken that may not simply be left out. */
  private static void requireNoRefusal(
      Measured measured, Function<Obligation, RuntimeException> refusal) {
    for (Group group : measured.groups()) {
      for (Obligation obligation : measured.check().broken(group)) {
        if (measured.point().isGlobal() || !suppresses(obligation)) {
          throw refusal.apply(obligation);
        }
      }
    }
    if (measured.groups().isEmpty()) {
      // No group at all reads the same as a small one.
      for (Obligation obligation : measured.check().chosen()) {
        if (!suppresses(obligation)) {
          throw refusal.apply(measured.check().whole(obligation));
        }
      }
    }
  }

  private void measureNested(
      List<Aggregate> chain, Function<Obligation, RuntimeException> refusal) {
    List<Measured> levels = new ArrayList<>();
    List<List<Integer>> ordinals = new ArrayList<>();
    for (Aggregate point : chain) {
      Measured level = measured(point, unmet(margins.obligations(point)));
      requireNoRefusal(level, refusal);
      if (!levels.isEmpty()) {
        ordinals.add(Margins.ordinals(chain.get(levels.size() - 1), point));
      }
      levels.add(level);
    }
    List<List<Group>> shown = NestedSuppression.shown(levels, ordinals);
    for (int i = 0; i < chain.size(); i++) {
      nested.put(chain.get(i), new Shown(levels.get(i), shown.get(i)));
    }
  }

  private static List<Obligation> unmet(List<Obligation> verdict) {
    return verdict.stream().filter(obligation -> !obligation.isMetAnyway()).toList();
  }

  private static boolean suppresses(Obligation obligation) {
    return obligation.onSmallGroup() == SmallGroups.SUPPRESS;
  }

  private Released released(Aggregate aggregate, NodeLabel label, Point point, List<Group> shown) {
    if (shown.size() > mostRows) {
      throw tooManyRows(mostRows);
    }
    Comparator<InternalRow> order = Rows.order(point.keyAttributes());
    List<Group> sorted = new ArrayList<>(shown);
    sorted.sort((a, b) -> order.compare(a.key(), b.key()));
    List<Attribute> columns = Scala.list(aggregate.output());
    Wipe wipe = new Wipe(FrameTotals.tables(aggregate));
    return new Released(
        wipe.columns(columns, label),
        wipe.apply(sorted.stream().map(Group::output).toList(), columns, label));
  }

  static RefusedException tooManyRows(int mostRows) {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the result has more than " + mostRows + " rows",
        "fewer or coarser groups");
  }
}
