package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.decision.Verdict;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.question.Question;
import io.sallyport.spark.exact.Partition;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A plan with the verdict on it: that of its strictest part, for this principal.
 *
 * @param points release points by the identity of their node
 * @param obligations what each point that is answered exactly must still be checked for
 * @param noise the points that are answered with noise, and how
 * @param cells what tells the cells of exact answers apart, for each measured frame
 * @param questions what was judged: every release point, and the root when people are in its rows
 */
public record Judged(
    LogicalPlan plan,
    PlanLabels labels,
    Principal principal,
    IdentityHashMap<Aggregate, ReleasePoint> points,
    IdentityHashMap<Aggregate, List<Obligation>> obligations,
    NoisePlan noise,
    List<Partition> cells,
    List<Question> questions,
    Verdict verdict) {

  public Judged {
    cells = List.copyOf(cells);
    questions = List.copyOf(questions);
  }

  /** A plan with the columns of the result, to be described only. */
  public LogicalPlan described() {
    return noise.isEmpty() || !noise.intervals()
        ? plan
        : PassOn.described(plan, noise.parts().get(0));
  }
}
