package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/** Recognises a plan that shows a frame as it is: all its rows, each column as it stands. */
final class RawFrame {

  private RawFrame() {}

  static boolean is(LogicalPlan plan) {
    if (plan instanceof SealedFrame) {
      return true;
    }
    boolean sameRows =
        plan instanceof SubqueryAlias
            || plan instanceof Sort
            || (plan instanceof Project project && onlyPassesColumns(project));
    return sameRows && is(Scala.children(plan).get(0));
  }

  private static boolean onlyPassesColumns(Project project) {
    List<NamedExpression> columns = Scala.list(project.projectList());
    return columns.stream()
        .allMatch(
            column ->
                column instanceof AttributeReference
                    || (column instanceof Alias alias
                        && alias.child() instanceof AttributeReference));
  }
}
