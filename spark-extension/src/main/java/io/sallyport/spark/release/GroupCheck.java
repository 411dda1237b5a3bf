package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Which groups rest on enough units, their missing arguments taken into account. */
final class GroupCheck {

  private final List<Obligation> obligations;
  private final Map<UnsafeRow, Obligation> missing;

  private GroupCheck(List<Obligation> obligations, Map<UnsafeRow, Obligation> missing) {
    this.obligations = obligations;
    this.missing = missing;
  }

  /** Runs the second query when, and only when, a group has NULL arguments. */
  static GroupCheck of(
      List<Obligation> obligations,
      GroupQuery query,
      List<Group> groups,
      Chamber chamber,
      Unseal unseal) {
    boolean complete = groups.stream().allMatch(g -> g.complete().stream().allMatch(c -> c));
    if (complete) {
      return new GroupCheck(obligations, Map.of());
    }
    LogicalPlan plan = unseal.in(query.missing());
    List<Attribute> columns = Scala.list(plan.output());
    int keys = query.keys().size();
    UnsafeProjection key = Rows.projection(Rows.references(columns, 0, keys));
    Map<UnsafeRow, Obligation> missing = new HashMap<>();
    for (InternalRow row : chamber.run(plan)) {
      brokenByMissing(obligations, row, keys, query.argumentSets())
          .ifPresent(broken -> missing.put(Rows.project(key, row), broken));
    }
    return new GroupCheck(obligations, missing);
  }

  /** The first obligation that the group breaks. */
  Optional<Obligation> broken(Group group) {
    for (int i = 0; i < obligations.size(); i++) {
      if (group.units().get(i) < obligations.get(i).minimumUnits()) {
        return Optional.of(obligations.get(i));
      }
    }
    return Optional.ofNullable(missing.get(group.key()));
  }

  private static Optional<Obligation> brokenByMissing(
      List<Obligation> obligations, InternalRow row, int keys, int argumentSets) {
    List<Obligation> broken = new ArrayList<>();
    for (int set = 0; set < argumentSets; set++) {
      for (int i = 0; i < obligations.size(); i++) {
        int column = keys + 2 * (set * obligations.size() + i);
        long least = obligations.get(i).minimumUnits();
        long present = row.getLong(column);
        long absent = row.getLong(column + 1);
        if (present < least || (absent > 0 && absent < least)) {
          broken.add(obligations.get(i));
        }
      }
    }
    return broken.stream().findFirst();
  }
}
