package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which release points of one plan tell of the same people, so that a group that one of them leaves
 * out could be computed from what the others show: totals and their parts.
 *
 * <p>Release points over the same rows whose keys are nested form a chain, from totals to parts,
 * for which suppression is known to be safe ({@link NestedSuppression}). For all others that share
 * a frame it is not: there, nothing may be left out.
 */
final class Margins {

  private final Judged judged;

  Margins(Judged judged) {
    this.judged = judged;
  }

  /**
   * Whether no other release point of the plan tells of the frames whose groups may be left out.
   */
  boolean isAlone(Aggregate point) {
    return family(point).size() <= 1;
  }

  /** The release points that tell of the same people, coarsest first, if they form a chain. */
  Optional<List<Aggregate>> chain(Aggregate point) {
    List<Aggregate> family = family(point);
    if (family.size() <= 1 || !family.contains(point)) {
      return Optional.empty();
    }
    family.sort(Comparator.comparingInt(member -> keys(member).size()));
    for (int i = 1; i < family.size(); i++) {
      if (!isNested(family.get(i - 1), family.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(family);
  }

  List<Obligation> obligations(Aggregate point) {
    return judged.obligations().get(point);
  }

  /** The ordinals, among the finer keys, of each of the coarser ones. */
  static List<Integer> ordinals(Aggregate coarser, Aggregate finer) {
    List<LogicalPlan> keys = keys(finer);
    return keys(coarser).stream().map(keys::indexOf).toList();
  }

  private List<Aggregate> family(Aggregate point) {
    Set<FrameName> frames =
        new HashSet<>(suppressed(judged.obligations().getOrDefault(point, List.of())));
    List<Aggregate> family = new ArrayList<>();
    int before = -1;
    while (before < family.size()) {
      before = family.size();
      family.clear();
      for (Aggregate member : judged.points().keySet()) {
        Set<FrameName> own = suppressed(judged.obligations().get(member));
        if (own.stream().anyMatch(frames::contains)) {
          family.add(member);
          frames.addAll(own);
        }
      }
    }
    return family;
  }

  private static Set<FrameName> suppressed(List<Obligation> obligations) {
    Set<FrameName> frames = new HashSet<>();
    obligations.stream()
        .filter(o -> !o.isMetAnyway() && o.onSmallGroup() == SmallGroups.SUPPRESS)
        .forEach(o -> frames.add(o.frame()));
    return frames;
  }

  private boolean isNested(Aggregate coarser, Aggregate finer) {
    return named(coarser.child()).sameResult(named(finer.child()))
        && !holdsPoint(finer.child())
        && !holdsPoint(coarser.child())
        && !ordinals(coarser, finer).contains(-1);
  }

  /** The plan with leaves that compare by their table's name, not by the ids of their columns. */
  private static LogicalPlan named(LogicalPlan plan) {
    return Scala.rewriteUp(plan, node -> node instanceof SealedFrame leaf ? named(leaf) : node);
  }

  private static LogicalPlan named(SealedFrame leaf) {
    Literal name = Literal.create(leaf.table().name().value(), DataTypes.StringType);
    return new Filter(
        new EqualTo(name, name),
        new LocalRelation(leaf.output(), Scala.noElements(), false, Scala.none()));
  }

  private boolean holdsPoint(LogicalPlan plan) {
    return (plan instanceof Aggregate aggregate && judged.points().containsKey(aggregate))
        || Scala.children(plan).stream().anyMatch(this::holdsPoint);
  }

  /** Keys that compare across instances of the same rows: each as a column over them. */
  private static List<LogicalPlan> keys(Aggregate point) {
    LogicalPlan rows = named(point.child());
    return Scala.<Expression>list(point.groupingExpressions()).stream()
        .map(key -> (LogicalPlan) new Project(Scala.seq(List.of(Catalyst.alias(key, "key"))), rows))
        .map(column -> column.canonicalized())
        .toList();
  }
}
