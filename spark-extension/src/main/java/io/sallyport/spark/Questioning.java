package io.sallyport.spark;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.admission.AdmitPlan;
import io.sallyport.spark.admission.Analysis;
import io.sallyport.spark.admission.OutputNames;
import io.sallyport.spark.answer.Inquiry;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.missing.MissingQuestion;
import io.sallyport.spark.record.AuditTrail;
import io.sallyport.spark.record.QuestionText;
import io.sallyport.spark.release.NoiseWish;
import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.summary.Summary;
import io.sallyport.spark.summary.SummaryQuestion;
import io.sallyport.spark.turn.FairShare;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every question has in common: it is built, analysed, admitted, labelled and judged, under
 * one version of the policies, when its turn has come; whatever refuses it is on record; whatever
 * breaks below is one constant failure.
 */
final class Questioning {

  private static final Logger LOG = LoggerFactory.getLogger(Questioning.class);

  private final AuditTrail audit;
  private final Supplier<OpenedPort> port;
  private final FairShare share;

  Questioning(AuditTrail audit, Supplier<OpenedPort> port, FairShare share) {
    this.audit = audit;
    this.port = port;
    this.share = share;
  }

  /** Asks a question, and lets something become of it. */
  <T> T ask(SparkSession session, Asked asked, Asking asking, Function<Inquiry, T> become) {
    QuestionText text = QuestionText.of("a plan that could not be built");
    try {
      LogicalPlan built = Analysis.build(asked.plan());
      text = QuestionText.of(built);
      LogicalPlan plan = admitted(session, built);
      OutputNames.require(plan);
      PlanLabels labels = PlanLabels.of(plan);
      text = QuestionText.of(plan, labels.root());
      OpenedPort opened = port.get();
      QuestionText question = text;
      NoiseWish wish = wish(session);
      boolean governed = !labels.root().sources().isEmpty();
      return inChamber(
          () ->
              share.run(
                  session.sparkContext(),
                  asking.principal().name(),
                  governed,
                  () ->
                      become.apply(
                          Inquiry.of(opened, plan, labels, question, asked, asking, wish))));
    } catch (RefusedException e) {
      audit.refused(asking, text, e.refusal());
      throw e;
    }
  }

  /** Admits a plan of which nothing runs. */
  LogicalPlan describe(SparkSession session, Supplier<LogicalPlan> parsed, Asking asking) {
    QuestionText question = QuestionText.of("a plan that could not be built");
    try {
      LogicalPlan built = Analysis.build(parsed);
      question = QuestionText.of(built);
      LogicalPlan plan = admitted(session, built);
      OutputNames.require(plan);
      NoiseWish wish = wish(session);
      return wish.intervals()
          ? port.get().release().described(plan, asking.principal(), wish)
          : plan;
    } catch (RefusedException e) {
      audit.refused(asking, question, e.refusal());
      throw e;
    }
  }

  /**
   * Admits a plan that is to have a name. Nothing of it runs, and it is no question yet: what it
   * would show is judged where it is used.
   *
   * @param become gets the plan as it was built, and as it was admitted
   */
  void named(
      SparkSession session,
      Supplier<LogicalPlan> parsed,
      Asking asking,
      BiConsumer<LogicalPlan, LogicalPlan> become) {
    QuestionText question = QuestionText.of("a view that could not be built");
    try {
      LogicalPlan built = Analysis.build(parsed);
      question = QuestionText.of(built);
      become.accept(built, admitted(session, built));
    } catch (RefusedException e) {
      audit.refused(asking, question, e.refusal());
      throw e;
    }
  }

  /** Analyses and admits the plan whose columns are summarised, as part of a question about it. */
  LogicalPlan summary(SparkSession session, Supplier<LogicalPlan> input, SummaryQuestion question) {
    LogicalPlan built = Analysis.build(() -> question.selected(input.get()));
    return Summary.of(admitted(session, built), question.statistics());
  }

  /** Analyses and admits the plan whose missing values are dropped or filled. */
  LogicalPlan missing(SparkSession session, Supplier<LogicalPlan> input, MissingQuestion question) {
    return question.over(admitted(session, Analysis.build(input)));
  }

  private static NoiseWish wish(SparkSession session) {
    return NoiseWish.of(key -> Scala.optional(session.conf().getOption(key)));
  }

  private static LogicalPlan admitted(SparkSession session, LogicalPlan built) {
    PinnedConfs.verify(session);
    return AdmitPlan.admitted(Analysis.analyse(session, built));
  }

  private static <T> T inChamber(Supplier<T> work) {
    try {
      return work.get();
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
}
