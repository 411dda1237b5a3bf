package io.sallyport.spark;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.admission.AdmitPlan;
import io.sallyport.spark.admission.Analysis;
import io.sallyport.spark.admission.OutputNames;
import io.sallyport.spark.answer.Inquiry;
import io.sallyport.spark.crosstab.Crosstab;
import io.sallyport.spark.crosstab.CrosstabPlan;
import io.sallyport.spark.crosstab.CrosstabQuestion;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.missing.MissingQuestion;
import io.sallyport.spark.record.AuditTrail;
import io.sallyport.spark.record.QuestionText;
import io.sallyport.spark.release.NoiseWish;
import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.sample.SampleQuestion;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import io.sallyport.spark.summary.Summary;
import io.sallyport.spark.summary.SummaryQuestion;
import io.sallyport.spark.turn.FairShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

  private static final QuestionText UNBUILT = QuestionText.of("a plan that could not be built");

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
    AtomicReference<QuestionText> text = new AtomicReference<>(UNBUILT);
    return recording(
        asking,
        text,
        asked.words(),
        () -> {
          Planned planned = planned(session, asking, () -> planned(session, asked, text));
          OpenedPort opened = port.get();
          NoiseWish wish = wish(session);
          return share.run(
              session.sparkContext(),
              asking.principal().name(),
              !planned.labels().root().sources().isEmpty(),
              () -> become.apply(planned.inquiry(opened, asked, asking, wish)));
        });
  }

  /** An admitted plan with its labels, and how it stands in the record. */
  private record Planned(LogicalPlan plan, PlanLabels labels, QuestionText text) {

    Inquiry inquiry(OpenedPort opened, Asked asked, Asking asking, NoiseWish wish) {
      return Inquiry.of(opened, plan, labels, text, asked, asking, wish);
    }
  }

  private static Planned planned(
      SparkSession session, Asked asked, AtomicReference<QuestionText> text) {
    LogicalPlan built = Analysis.build(asked.plan());
    text.set(QuestionText.of(built));
    LogicalPlan plan = admitted(session, built);
    OutputNames.require(plan);
    PlanLabels labels = PlanLabels.of(plan);
    QuestionText question = QuestionText.of(plan, labels.root());
    text.set(question);
    return new Planned(plan, labels, question);
  }

  /** Does what nothing can stop, when its turn has come, and waits no longer than it may take. */
  private <T> T planned(SparkSession session, Asking asking, Supplier<T> work) {
    return share.plan(session, asking.principal().name(), work);
  }

  /** Builds a plan as {@link #ask} would. */
  LogicalPlan built(SparkSession session, Asking asking, Supplier<LogicalPlan> parsed) {
    return planned(session, asking, () -> Analysis.build(parsed));
  }

  /** Admits a plan of which nothing runs. That it was described is on record. */
  LogicalPlan describe(
      SparkSession session, Supplier<LogicalPlan> parsed, Asking asking, Supplier<String> words) {
    AtomicReference<QuestionText> text = new AtomicReference<>(UNBUILT);
    return recording(
        asking,
        text,
        words,
        () -> {
          List<String> frames = new ArrayList<>();
          LogicalPlan described =
              planned(
                  session,
                  asking,
                  () -> {
                    LogicalPlan built = Analysis.build(parsed);
                    text.set(QuestionText.of(built));
                    LogicalPlan plan = admitted(session, built);
                    OutputNames.require(plan);
                    frames.addAll(SealedFrame.names(plan));
                    NoiseWish wish = wish(session);
                    return wish.intervals()
                        ? port.get().release().described(plan, asking.principal(), wish)
                        : plan;
                  });
          audit.described(asking, text.get(), frames);
          return described;
        });
  }

  /**
   * Whatever does not become of a question is on record, as a refusal or as a failure: with its
   * plan, or with its words where it became none.
   */
  private <T> T recording(
      Asking asking, AtomicReference<QuestionText> text, Supplier<String> words, Supplier<T> work) {
    Asking traced = asking.traced();
    try {
      return inChamber(traced.operation(), work);
    } catch (RefusedException e) {
      boolean failed = e.refusal().code() == RefusalCode.QUERY_FAILED;
      Asking who = failed ? traced : asking;
      String said = text.get().equals(UNBUILT) ? words.get() : "";
      if (said.isEmpty()) {
        audit.refused(who, text.get(), e.refusal());
      } else {
        audit.refused(who, said, e.refusal());
      }
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
      Supplier<String> words,
      BiConsumer<LogicalPlan, LogicalPlan> become) {
    AtomicReference<QuestionText> text = new AtomicReference<>(UNBUILT);
    recording(
        asking,
        text,
        words,
        () -> {
          AtomicReference<LogicalPlan> built = new AtomicReference<>();
          LogicalPlan plan =
              planned(
                  session,
                  asking,
                  () -> {
                    built.set(Analysis.build(parsed));
                    text.set(QuestionText.of(built.get()));
                    return admitted(session, built.get());
                  });
          become.accept(built.get(), plan);
          audit.described(asking, text.get(), SealedFrame.names(plan));
          return plan;
        });
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

  /** Analyses and admits the plan of whose rows a sample is taken. */
  LogicalPlan sample(SparkSession session, Supplier<LogicalPlan> input, SampleQuestion question) {
    return question.over(admitted(session, Analysis.build(input)));
  }

  /** Analyses and admits the plan of two of whose columns a table is made. */
  LogicalPlan crosstab(
      SparkSession session, Supplier<LogicalPlan> input, CrosstabQuestion question) {
    LogicalPlan built = Analysis.build(() -> question.selected(input.get()));
    return Crosstab.of(admitted(session, built), question);
  }

  /**
   * The same as the end of a query. Error bars have no place in a table, so with them the values
   * are to be known.
   */
  CrosstabPlan crosstabAtTheEnd(
      SparkSession session, Supplier<LogicalPlan> input, CrosstabQuestion question) {
    if (wish(session).intervals()) {
      return new CrosstabPlan(crosstab(session, input, question), Optional.empty());
    }
    LogicalPlan built = Analysis.build(() -> question.selected(input.get()));
    return Crosstab.atTheEnd(admitted(session, built), question);
  }

  private static NoiseWish wish(SparkSession session) {
    return NoiseWish.of(key -> Scala.optional(session.conf().getOption(key)));
  }

  private static LogicalPlan admitted(SparkSession session, LogicalPlan built) {
    PinnedConfs.verify(session);
    return AdmitPlan.admitted(Analysis.analyse(session, built));
  }

  private static <T> T inChamber(String operation, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      throw e;
    } catch (Throwable e) { // whatever it is, its text may quote a row
      LOG.error("Operation {} failed: {}", operation, e.getClass().getName());
      OperatorLog.failed(operation, e);
      RefusedException failed =
          RefusedException.of(
              RefusalCode.QUERY_FAILED,
              "the query could not be completed; why is not told, because the reason may describe"
                  + " the data, and the server's operator finds it as operation "
                  + operation,
              "another query");
      if (e instanceof VirtualMachineError) {
        failed.addSuppressed(e);
      }
      throw failed;
    }
  }
}
