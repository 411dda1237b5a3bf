package io.sallyport.spark.crosstab;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * What {@code df.crosstab(rows, columns)} asks of a plan.
 *
 * @param rows the column whose values become rows, as the analyst wrote it
 * @param columns the column whose values become columns
 */
public record CrosstabQuestion(String rows, String columns) {

  /** Both columns, unresolved as the plan is. */
  public LogicalPlan selected(LogicalPlan plan) {
    return new Project(
        Scala.seq(
            List.of(
                Catalyst.alias(UnresolvedAttribute.quotedString(rows), rows),
                Catalyst.alias(UnresolvedAttribute.quotedString(columns), columns))),
        plan);
  }

  /** What Spark calls the first column of the table. */
  String title() {
    return rows + "_" + columns;
  }
}
