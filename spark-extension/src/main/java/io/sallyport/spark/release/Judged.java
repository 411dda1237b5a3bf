package io.sallyport.spark.release;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.ReleasePoint;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A plan whose every release point was judged to be one for this principal.
 *
 * @param points by the identity of their node
 * @param obligations what each must still be checked for, by the identity of its node
 */
public record Judged(
    LogicalPlan plan,
    PlanLabels labels,
    Principal principal,
    IdentityHashMap<Aggregate, ReleasePoint> points,
    IdentityHashMap<Aggregate, List<Obligation>> obligations) {}
