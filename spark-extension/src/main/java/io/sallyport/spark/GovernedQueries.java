package io.sallyport.spark;

import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.admission.AdmitPlan;
import io.sallyport.spark.admission.AdmitText;
import io.sallyport.spark.admission.Analysis;
import io.sallyport.spark.admission.TableNames;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.release.Judged;
import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.release.Outcome;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a plan through Catalyst, top down: names become sealed leaves, a plan is analysed,
 * admitted, labelled, judged, run in the chamber and recorded.
 *
 * <p>Every method throws {@link RefusedException} and nothing else that an analyst may cause. Up to
 * the chamber its text depends on plan and policy only; whatever goes wrong in the chamber is one
 * constant QUERY_FAILED. Thread-safe.
 */
public final class GovernedQueries {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedQueries.class);

  private final AuditTrail audit;
  private final Supplier<OpenedPort> port;

  GovernedQueries(AuditTrail audit, Supplier<OpenedPort> port) {
    this.audit = audit;
    this.port = port;
  }

  /** A sealed leaf for a table's name as the analyst wrote it, or one of our own tables. */
  public LogicalPlan frame(SparkSession session, String name, Asking asking) {
    return tableNames(asking).leaf(name);
  }

  /** SQL text as an unresolved plan: admitted, its tables replaced by sealed leaves. */
  public LogicalPlan query(SparkSession session, String sqlText, Asking asking) {
    return tableNames(asking).replaceIn(AdmitText.query(sqlText));
  }

  /** Admits SQL text that came as a command of its own; a refusal of it is on record. */
  public void admit(String sqlText, Asking asking) {
    try {
      tableNames(asking).replaceIn(AdmitText.query(sqlText));
    } catch (RefusedException e) {
      audit.refused(asking, QuestionText.of(sqlText), e.refusal());
      throw e;
    }
  }

  /**
   * Admits a plan that is to be analysed only; nothing of it runs. A refusal of it is on record.
   */
  public LogicalPlan describe(SparkSession session, Supplier<LogicalPlan> parsed, Asking asking) {
    QuestionText question = QuestionText.of("a plan that could not be built");
    try {
      LogicalPlan built = Analysis.build(parsed);
      question = QuestionText.of(built);
      return admitted(session, built);
    } catch (RefusedException e) {
      audit.refused(asking, question, e.refusal());
      throw e;
    }
  }

  /**
   * Releases what a plan asks for, or refuses; either is on record when this returns or throws.
   *
   * @return the plan that may run in the analyst's session: it holds no governed leaf any more
   */
  public LogicalPlan release(SparkSession session, Supplier<LogicalPlan> parsed, Asking asking) {
    QuestionText question = QuestionText.of("a plan that could not be built");
    try {
      LogicalPlan built = Analysis.build(parsed);
      question = QuestionText.of(built);
      LogicalPlan plan = admitted(session, built);
      PlanLabels labels = PlanLabels.of(plan);
      question = QuestionText.of(plan, labels.root());
      Judged judged = port.get().release().judge(plan, labels, asking.principal());
      Outcome outcome = inChamber(judged);
      audit.released(asking, question, outcome);
      return outcome.plan();
    } catch (RefusedException e) {
      audit.refused(asking, question, e.refusal());
      throw e;
    }
  }

  /** Records a refusal that was made before a plan existed. */
  public void refused(Asking asking, Refusal refusal, String question) {
    audit.refused(asking, QuestionText.of(question), refusal);
  }

  private LogicalPlan admitted(SparkSession session, LogicalPlan built) {
    PinnedConfs.verify(session);
    LogicalPlan plan = Analysis.analyse(session, built);
    AdmitPlan.admit(plan);
    return plan;
  }

  private Outcome inChamber(Judged judged) {
    try {
      return port.get().release().run(judged);
    } catch (RefusedException e) {
      throw e;
    } catch (Throwable e) { // whatever it is, its text may quote a row
      LOG.error("A release failed in the chamber: {}", e.getClass().getName());
      RefusedException failed =
          RefusedException.of(
              RefusalCode.QUERY_FAILED, "the query could not be completed", "another query");
      if (e instanceof VirtualMachineError) {
        failed.addSuppressed(e);
      }
      throw failed;
    }
  }

  private TableNames tableNames(Asking asking) {
    OpenedPort opened = port.get();
    return new TableNames(opened.frames(), opened.systemTables(), asking.principal());
  }
}
