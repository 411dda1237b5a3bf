package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Measures the groups of a release point: one query for what every rule needs, and one more for
 * each kind of evidence that is asked for. NULL arguments, conditions and dominance each cost their
 * query only where they occur.
 */
final class Survey {

  private record CellKey(UnsafeRow group, List<Integer> branches) {}

  private final Chamber chamber;
  private final Unseal unseal;

  Survey(Chamber chamber, Unseal unseal) {
    this.chamber = chamber;
    this.unseal = unseal;
  }

  /** The groups of the point with all the evidence that the obligations ask for. */
  List<Group> of(Point point, List<Obligation> obligations) {
    GroupQuery query = new GroupQuery(point);
    LogicalPlan plan = unseal.in(query.plan());
    List<Attribute> columns = Scala.list(plan.output());
    List<InternalRow> rows = chamber.run(plan);
    List<Group> groups = query.groups(columns, rows);
    if (obligations.isEmpty() || groups.isEmpty()) {
      return groups;
    }
    if (!query.isComplete(rows)) {
      groups = withPresences(query, groups);
    }
    List<Integer> largest = obligations.stream().map(Survey::largest).toList();
    boolean measures = !point.contributions().isEmpty() && Collections.max(largest) > 0;
    return measures || point.isConditional() ? withCells(point, groups, largest) : groups;
  }

  private static int largest(Obligation obligation) {
    return obligation.alternatives().stream().mapToInt(r -> r.largest()).max().orElse(0);
  }

  private List<Group> withPresences(GroupQuery query, List<Group> groups) {
    LogicalPlan plan = unseal.in(query.missing());
    Map<UnsafeRow, List<Presence>> presences =
        query.presences(Scala.list(plan.output()), chamber.run(plan));
    return groups.stream().map(g -> g.withPresences(presences.get(g.key()))).toList();
  }

  private List<Group> withCells(Point point, List<Group> groups, List<Integer> largest) {
    CellQuery query = new CellQuery(point);
    Map<CellKey, Cell> cells = new HashMap<>();
    if (point.isConditional()) {
      run(point, query.plan(), (key, row) -> cells.put(key, query.cell(row)));
    } else {
      groups.forEach(
          g ->
              cells.put(
                  new CellKey(g.key(), List.of()),
                  new Cell(List.of(), g.units(), List.of(), List.of())));
    }
    Map<CellKey, List<List<Contributions>>> contributions = new HashMap<>();
    for (int i = 0; i < largest.size(); i++) {
      int frame = i;
      if (largest.get(i) > 0 && !point.contributions().isEmpty()) {
        ContributionQuery sums =
            new ContributionQuery(query, point, point.frames().get(i), largest.get(i));
        run(
            point,
            sums.plan(),
            (key, row) ->
                contributions
                    .computeIfAbsent(key, k -> nobodys(largest.size()))
                    .set(frame, sums.contributions(row)));
      }
    }
    Map<UnsafeRow, List<Cell>> byGroup = new HashMap<>();
    cells.forEach(
        (key, cell) ->
            byGroup
                .computeIfAbsent(key.group(), g -> new ArrayList<>())
                .add(
                    cell.withContributions(
                        contributions.getOrDefault(key, nobodys(largest.size())))));
    return groups.stream().map(g -> g.withCells(byGroup.getOrDefault(g.key(), List.of()))).toList();
  }

  private static List<List<Contributions>> nobodys(int frames) {
    return new ArrayList<>(Collections.nCopies(frames, List.of()));
  }

  private interface Found {
    void cell(CellKey key, InternalRow row);
  }

  /** Runs a plan whose first columns are the keys and the branches. */
  private void run(Point point, LogicalPlan cells, Found found) {
    LogicalPlan plan = unseal.in(cells);
    int keys = point.keys().size();
    int branches = keys + point.conditionalTerms().size();
    UnsafeProjection key = Rows.projection(Rows.references(Scala.list(plan.output()), 0, keys));
    for (InternalRow row : chamber.run(plan)) {
      List<Integer> taken = new ArrayList<>();
      for (int i = keys; i < branches; i++) {
        taken.add(row.getInt(i));
      }
      found.cell(new CellKey(Rows.project(key, row), taken), row);
    }
  }
}
