package io.sallyport.spark.label;

import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.seal.SealedFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * The table of flows: for each admitted operator, what becomes of its inputs' labels. An operator
 * without a flow has no label, and a plan with it is refused.
 */
public final class LabelFlows {

  /** What an operator makes of its inputs' labels. */
  interface Flow<P extends LogicalPlan> {
    NodeLabel out(P operator, List<NodeLabel> inputs);
  }

  private static final LabelFlows ADMITTED =
      new LabelFlows()
          .on(
              SealedFrame.class,
              LeafFlows::frame) //        a frame's rows are its people's; public ones are free
          .on(LocalRelation.class, LeafFlows::free) //       the analyst's own rows
          .on(OneRowRelation.class, LeafFlows::free) //      no rows of anybody
          .on(Range.class, LeafFlows::free) //               numbers
          .on(SubqueryAlias.class, RowFlows::same) //        a name
          .on(Sort.class, RowFlows::same) //                 the same rows
          .on(Project.class, RowFlows::project) //           each row from one row
          .on(Filter.class, RowFlows::filter) //             fewer rows, each as it was
          .on(Join.class, JoinFlow::join) //                 by unit, or with free data
          .on(Union.class, UnionFlow::union) //              each row as it was
          .on(Aggregate.class, AggregateFlow::aggregate) //  per person, or a release point
          .on(Expand.class, RepeatFlows::expand) //         several rows of one person each
          .on(Generate.class, RepeatFlows::generate) //     likewise
          .on(Window.class, WindowFlow::window) //           per person, or of several people
          .on(GlobalLimit.class, RowFlows::selection) //     which rows remain depends on the others
          .on(LocalLimit.class, RowFlows::selection) //      likewise
          .on(Offset.class, RowFlows::selection) //          likewise
          .on(
              Distinct.class,
              RowFlows::selection) //        likewise: a duplicate hides another's row
          .on(Deduplicate.class, RowFlows::deduplicate) //   likewise
          .on(Sample.class, RowFlows::selection); //         likewise: by the places of all rows

  private final Map<Class<?>, Flow<LogicalPlan>> flows = new HashMap<>();

  private LabelFlows() {}

  // The flow is registered under the operator's exact class and looked up by it, so the cast holds.
  @SuppressWarnings("unchecked")
  private <P extends LogicalPlan> LabelFlows on(Class<P> operator, Flow<P> flow) {
    flows.put(operator, (plan, inputs) -> flow.out((P) plan, inputs));
    return this;
  }

  static NodeLabel flow(LogicalPlan operator, List<NodeLabel> inputs) {
    if (KeptRows.isMany(operator)) { // what a large release below left behind
      return LeafFlows.free(operator, inputs);
    }
    Flow<LogicalPlan> flow = ADMITTED.flows.get(operator.getClass());
    if (flow == null) {
      throw new IllegalStateException("The operator " + operator.nodeName() + " has no flow");
    }
    return flow.out(operator, inputs);
  }

  /** The operators that have a flow. */
  public static Set<Class<?>> operators() {
    return Set.copyOf(ADMITTED.flows.keySet());
  }
}
