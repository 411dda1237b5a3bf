package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.SmallGroups;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Releases one aggregate over people: runs it once with its evidence, checks every group against
 * the verdict's obligations, and returns the groups that may be shown, sorted by their keys.
 *
 * <p>Guarantee: every returned row rests on at least {@code minimumUnits} distinct units of each
 * obligated frame, and so does what its missing arguments and the plan's filters and joins leave
 * out, unless that is nothing.
 */
final class AggregationRelease {

  private final Chamber chamber;
  private final FrameTotals totals;
  private final Unseal unseal;
  private final int mostRows;

  AggregationRelease(Chamber chamber, FrameTotals totals, Unseal unseal, int mostRows) {
    this.chamber = chamber;
    this.totals = totals;
    this.unseal = unseal;
    this.mostRows = mostRows;
  }

  /**
   * @param refusal what to throw when an obligation is broken and the policy does not suppress
   * @throws RefusedException SMALL_GROUP, in the same words for no unit and for too few
   */
  Released release(
      Aggregate aggregate,
      NodeLabel label,
      List<Obligation> verdict,
      Function<Obligation, RuntimeException> refusal) {
    List<Obligation> obligations =
        verdict.stream().filter(obligation -> obligation.minimumUnits() > 0).toList();
    List<FrameTable> tables = FrameTotals.tables(aggregate);
    CarriedPlan input =
        obligations.isEmpty()
            ? new CarriedPlan(aggregate.child(), Map.of())
            : CarryUnits.through(aggregate.child());
    GroupQuery query = query(aggregate, input, obligations, tables);
    LogicalPlan plan = unseal.in(query.plan());
    List<Group> groups = query.groups(Scala.list(plan.output()), chamber.run(plan));
    GroupCheck check = GroupCheck.of(obligations, query, groups, chamber, unseal);
    List<Group> shown = check(groups, query, obligations, check, refusal);
    if (!obligations.isEmpty()) {
      new CutAway(chamber, totals, unseal)
          .broken(obligations, aggregate.child(), input, groups)
          .ifPresent(
              broken -> {
                throw refusal.apply(broken);
              });
    }
    return released(aggregate, label, tables, query, shown);
  }

  private static GroupQuery query(
      Aggregate aggregate,
      CarriedPlan input,
      List<Obligation> obligations,
      List<FrameTable> tables) {
    List<FrameName> frames = obligations.stream().map(Obligation::frame).toList();
    Set<FrameName> countRows =
        tables.stream()
            .filter(table -> table.frame().orElseThrow().unit().isRow())
            .map(FrameTable::name)
            .collect(Collectors.toUnmodifiableSet());
    return new GroupQuery(aggregate, input, frames, countRows);
  }

  private List<Group> check(
      List<Group> groups,
      GroupQuery query,
      List<Obligation> obligations,
      GroupCheck check,
      Function<Obligation, RuntimeException> refusal) {
    List<Group> large = new ArrayList<>();
    List<Group> small = new ArrayList<>();
    for (Group group : groups) {
      Optional<Obligation> broken = check.broken(group);
      if (broken.isPresent() && (query.isGlobal() || !suppresses(broken.get()))) {
        throw refusal.apply(broken.get());
      }
      (broken.isPresent() ? small : large).add(group);
    }
    if (groups.isEmpty()) {
      // No group at all reads the same as a small one.
      obligations.stream()
          .filter(obligation -> !suppresses(obligation))
          .findFirst()
          .ifPresent(
              obligation -> {
                throw refusal.apply(obligation);
              });
    }
    return new Suppression(obligations, Rows.order(query.keyAttributes())).shown(large, small);
  }

  private static boolean suppresses(Obligation obligation) {
    return obligation.onSmallGroup() == SmallGroups.SUPPRESS;
  }

  private Released released(
      Aggregate aggregate,
      NodeLabel label,
      List<FrameTable> tables,
      GroupQuery query,
      List<Group> shown) {
    if (shown.size() > mostRows) {
      throw tooManyRows();
    }
    Comparator<InternalRow> order = Rows.order(query.keyAttributes());
    List<Group> sorted = new ArrayList<>(shown);
    sorted.sort((a, b) -> order.compare(a.key(), b.key()));
    List<Attribute> columns = Scala.list(aggregate.output());
    Wipe wipe = new Wipe(tables);
    return new Released(
        wipe.columns(columns, label),
        wipe.apply(sorted.stream().map(Group::output).toList(), columns, label));
  }

  private RefusedException tooManyRows() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED,
        "the result has more than " + mostRows + " rows",
        "fewer or coarser groups");
  }
}
