package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.PlanBytes;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.Analysis;
import io.sallyport.spark.admission.WrittenOut;
import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.NamedTables;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/**
 * {@code results.<id>} and {@code results.<name>}: computing on with what was collected. Such a
 * name stands for the collected plan itself, not for its rows: every source's policy, unit,
 * threshold and blacklist apply as if the query had been written out, for whoever asks.
 *
 * <p>The data must still be those that were collected from.
 */
public final class ResultNames implements NamedTables {

  private static final int DEEPEST = 16;

  /** How many results are being unfolded inside each other. */
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private final DurableState durable;
  private final OpenedPort port;
  private final PlanBytes plans;
  private final long mostBytes;

  /**
   * @param mostBytes of all plans together that the names of one question may stand for
   */
  public ResultNames(DurableState durable, OpenedPort port, PlanBytes plans, long mostBytes) {
    this.durable = durable;
    this.port = port;
    this.plans = plans;
    this.mostBytes = mostBytes;
  }

  @Override
  public Optional<LogicalPlan> find(List<String> nameParts, Principal principal) {
    if (nameParts.size() != 2 || !nameParts.get(0).equalsIgnoreCase("results")) {
      return Optional.empty();
    }
    String name = nameParts.get(1).toLowerCase(Locale.ROOT);
    return artifact(name, principal).map(artifact -> unfolded(name, artifact));
  }

  private Optional<Artifact> artifact(String name, Principal principal) {
    return durable.at(
        () ->
            Artifact.isId(name)
                ? durable.catalogue().find(name)
                : durable.catalogue().named(principal.name(), name));
  }

  private LogicalPlan unfolded(String name, Artifact artifact) {
    requireSameData(artifact);
    byte[] plan = artifact.plan();
    WrittenOut question = WrittenOut.ofQuestion();
    question.addBytes(plan.length, mostBytes);
    int depth = DEPTH.get() + 1;
    DEPTH.set(depth);
    try {
      if (depth > DEEPEST) {
        throw RefusedException.of(
            RefusalCode.LIMIT_EXCEEDED,
            "results of results are nested too deeply",
            "a query on the frames themselves");
      }
      LogicalPlan unfolded = plans.plan(plan);
      if (depth == 1) { // with those inside it
        question.add(Analysis.size(unfolded));
      }
      return new SubqueryAlias(new AliasIdentifier(name), unfolded);
    } finally {
      DEPTH.set(depth - 1);
    }
  }

  private void requireSameData(Artifact artifact) {
    List<FrameTable> tables =
        port.frames().tables().stream()
            .filter(table -> artifact.sources().contains(table.name()))
            .toList();
    String now = port.release().reading().dataVersion(tables);
    if (!now.equals(artifact.key().dataVersion())) {
      throw Handles.stale(artifact);
    }
  }
}
