package io.sallyport.spark.admission;

import io.sallyport.spark.seal.SealedFrame;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Unpivot;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** The operators that exist for analysts, by exact class: a subclass is another operator. */
public final class AdmittedOperators {

  /** Operators of an analysed plan. Each has a flow in {@code label.LabelFlows}. */
  private static final Set<Class<?>> ANALYSED =
      Set.of(
          SealedFrame.class, // a frame or public table, sealed
          LocalRelation.class, // the analyst's own rows, validated by the proto admission
          OneRowRelation.class, // SELECT without FROM
          Range.class, // spark.range
          SubqueryAlias.class, // a name
          Project.class, // row by row
          Filter.class, // row by row; what it cuts away is counted
          Join.class, // by unit between frames, freely with public data
          Union.class, // each branch keeps its units
          Aggregate.class, // a release point, or per person when the unit is a key
          Expand.class, // grouping sets and unpivot: with noise, or of what was released
          Generate.class, // explode: likewise
          Window.class, // per person with noise, or of what was released
          Sort.class, // of what was released
          GlobalLimit.class, // of what was released
          LocalLimit.class, // the other half of a limit
          Offset.class, // of what was released
          Distinct.class, // of what was released
          Deduplicate.class, // the same, by columns
          Sample.class); // of public rows, or of what was released

  /** Operators that only the parser makes: analysis turns them into those above. */
  private static final Set<Class<?>> PARSED =
      Set.of(
          UnresolvedRelation.class, // a name; replaced by a sealed leaf before analysis
          UnresolvedInlineTable.class, // VALUES
          UnresolvedHaving.class, // HAVING
          UnresolvedSubqueryColumnAliases.class, // AS t(a, b)
          Unpivot.class, // UNPIVOT; becomes an Expand
          Pivot.class, // PIVOT with its values; becomes two aggregates
          Intersect.class, // becomes a join: see SetOperations
          Except.class, // likewise
          UnresolvedWith.class); // WITH

  private AdmittedOperators() {}

  static boolean admitsAnalysed(Class<?> operator) {
    return ANALYSED.contains(operator);
  }

  static boolean admitsParsed(Class<?> operator) {
    return ANALYSED.contains(operator) || PARSED.contains(operator);
  }

  /** The operators that may stand in an analysed plan. */
  public static Set<Class<?>> analysed() {
    return ANALYSED;
  }
}
