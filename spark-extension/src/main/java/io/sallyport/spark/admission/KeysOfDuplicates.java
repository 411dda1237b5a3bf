package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/**
 * Reads {@code dropDuplicates(columns)} as {@code GROUP BY columns} where nothing above looks at
 * another column: whose other values are kept of the rows that agree is then told to nobody.
 */
final class KeysOfDuplicates {

  /** They pass columns on as they are, and look at those that their conditions name. */
  private static final Set<Class<?>> PASSING =
      Set.of(
          Filter.class,
          Sort.class,
          GlobalLimit.class,
          LocalLimit.class,
          Offset.class,
          SubqueryAlias.class);

  private KeysOfDuplicates() {}

  /** A projection or an aggregate over what it needs of rows without duplicates. */
  static LogicalPlan read(LogicalPlan columns) {
    LogicalPlan below = Scala.children(columns).get(0);
    while (PASSING.contains(below.getClass())) {
      below = Scala.children(below).get(0);
    }
    if (!(below instanceof Deduplicate rows) || CommaJoins.isFree(rows)) {
      return columns;
    }
    return isOfKeys(columns, rows) ? overGroups(columns, rows) : columns;
  }

  private static boolean isOfKeys(LogicalPlan plan, Deduplicate rows) {
    if (plan instanceof Deduplicate) {
      return true;
    }
    boolean own = plan instanceof SubqueryAlias || plan.references().subsetOf(keys(rows));
    return own && isOfKeys(Scala.children(plan).get(0), rows);
  }

  private static AttributeSet keys(Deduplicate rows) {
    return AttributeSet.fromAttributeSets(
        Scala.seq(Scala.list(rows.keys()).stream().map(key -> key.references()).toList()));
  }

  private static LogicalPlan overGroups(LogicalPlan plan, Deduplicate rows) {
    if (plan instanceof Deduplicate) {
      return SetOperations.groups(Scala.list(rows.keys()), rows.child());
    }
    LogicalPlan below = Scala.children(plan).get(0);
    return Scala.withChildren(plan, List.of(overGroups(below, rows)));
  }
}
