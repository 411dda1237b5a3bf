package io.sallyport.spark;

import io.sallyport.spark.admission.AdmitText;
import io.sallyport.spark.admission.OutputNames;
import io.sallyport.spark.admission.ProcedureCall;
import io.sallyport.spark.admission.TableNames;
import io.sallyport.spark.answer.Answer;
import io.sallyport.spark.answer.Answers;
import io.sallyport.spark.answer.BudgetTable;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.answer.GivenAnswers;
import io.sallyport.spark.answer.Inquiry;
import io.sallyport.spark.answer.Procedures;
import io.sallyport.spark.answer.RequestTables;
import io.sallyport.spark.answer.ResultNames;
import io.sallyport.spark.crosstab.CrosstabPlan;
import io.sallyport.spark.crosstab.CrosstabQuestion;
import io.sallyport.spark.missing.MissingQuestion;
import io.sallyport.spark.record.AuditTrail;
import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.release.ShownText;
import io.sallyport.spark.sample.SampleQuestion;
import io.sallyport.spark.seal.CatalogTables;
import io.sallyport.spark.seal.NamedTables;
import io.sallyport.spark.summary.SummaryQuestion;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/**
 * The way of a plan through Catalyst, top down: names become sealed leaves, a plan is analysed,
 * admitted, labelled, judged, run in the chamber or put before owners, and recorded.
 *
 * <p>Every method throws {@link RefusedException} and nothing else that an analyst may cause. Up to
 * the chamber its text depends on plan and policy only; whatever goes wrong in the chamber is one
 * constant QUERY_FAILED. Thread-safe.
 */
public final class GovernedQueries {

  private final AuditTrail audit;
  private final Supplier<OpenedPort> port;
  private final Questioning questioning;
  private final DurableState durable;
  private final RequestTables requests;
  private final Answers answers;
  private final Procedures procedures;
  private final long mostPlanBytes;
  private final GivenAnswers given;

  GovernedQueries(
      AuditTrail audit,
      Supplier<OpenedPort> port,
      Questioning questioning,
      DurableState durable,
      RequestTables requests,
      Answers answers,
      Procedures procedures,
      long mostPlanBytes) {
    this.audit = audit;
    this.port = port;
    this.questioning = questioning;
    this.durable = durable;
    this.requests = requests;
    this.answers = answers;
    this.procedures = procedures;
    this.mostPlanBytes = mostPlanBytes;
    this.given = new GivenAnswers(durable);
  }

  /** The plan that a table's name stands for, as the analyst wrote it. */
  public LogicalPlan frame(String name, Asking asking, PlanBytes plans, BoundViews views) {
    return tableNames(asking, plans, views).leaf(name);
  }

  /** SQL text as an unresolved plan: admitted, its tables replaced by sealed leaves. */
  public LogicalPlan query(String sqlText, Asking asking, PlanBytes plans) {
    return query(sqlText, asking, plans, BoundViews.NONE);
  }

  /** The same, where names of views mean the views that are bound. */
  public LogicalPlan query(String sqlText, Asking asking, PlanBytes plans, BoundViews views) {
    return tableNames(asking, plans, views).replaceIn(AdmitText.query(sqlText));
  }

  /** The same, of a text that meets no views. */
  public Optional<Procedures.Done> command(
      SparkSession session, String sqlText, Asking asking, PlanBytes plans) {
    return command(session, sqlText, asking, () -> query(sqlText, asking, plans));
  }

  /**
   * Judges SQL text that came as a command of its own: a query is admitted, to be asked for later;
   * a procedure is done. Either way a refusal is on record.
   *
   * @param query makes the unresolved plan of a query
   * @return what became of what a procedure acted on; empty for a query
   */
  public Optional<Procedures.Done> command(
      SparkSession session, String sqlText, Asking asking, Supplier<LogicalPlan> query) {
    Optional<ProcedureCall> call;
    try {
      call = AdmitText.call(sqlText);
      call.ifPresent(procedures::require);
      if (call.isEmpty()) {
        LogicalPlan unused = questioning.built(session, asking, query);
      }
    } catch (RefusedException e) {
      audit.refused(asking, sqlText, e.refusal());
      throw e;
    }
    return call.map(procedure -> procedures.call(procedure, asking));
  }

  /**
   * The plan of {@code describe} and {@code summary}, to be part of a question. Its columns are
   * those of the input, which is therefore analysed and admitted; nothing runs.
   */
  public LogicalPlan summary(
      SparkSession session, Supplier<LogicalPlan> input, SummaryQuestion question) {
    return questioning.summary(session, input, question);
  }

  /**
   * The plan of {@code na.fill}, {@code na.drop} and {@code na.replace}, likewise: which columns it
   * is about depends on their types.
   */
  public LogicalPlan missing(
      SparkSession session, Supplier<LogicalPlan> input, MissingQuestion question) {
    return questioning.missing(session, input, question);
  }

  /** The plan of {@code df.sample} and of a part of {@code df.randomSplit}, likewise. */
  public LogicalPlan sample(
      SparkSession session, Supplier<LogicalPlan> input, SampleQuestion question) {
    return questioning.sample(session, input, question);
  }

  /** The plan of {@code df.crosstab}, likewise: its columns are what is known of a column. */
  public LogicalPlan crosstab(
      SparkSession session, Supplier<LogicalPlan> input, CrosstabQuestion question) {
    return questioning.crosstab(session, input, question);
  }

  /**
   * Admits a plan that is to be analysed only; nothing of it runs. A refusal of it is on record.
   */
  public LogicalPlan describe(SparkSession session, Supplier<LogicalPlan> parsed, Asking asking) {
    return describe(session, parsed, asking, () -> "");
  }

  /** The same of a plan that says these words. */
  public LogicalPlan describe(
      SparkSession session, Supplier<LogicalPlan> parsed, Asking asking, Supplier<String> words) {
    return questioning.describe(session, parsed, asking, words);
  }

  /**
   * Releases what a plan asks for, or refuses; either is on record when this returns or throws.
   *
   * @return the plan that may run in the analyst's session: it holds no governed leaf any more
   */
  public LogicalPlan release(SparkSession session, Asked asked, Asking asking) {
    return questioning.ask(session, asked, asking, inquiry -> released(inquiry, asking));
  }

  /**
   * The same for rows that Spark writes as a text then, if that text is not too large.
   *
   * @throws RefusedException LIMIT_EXCEEDED when it is; the rows are on record as released, because
   *     how wide they are is told
   */
  public LogicalPlan show(SparkSession session, Asked asked, Asking asking, ShownText text) {
    return questioning.ask(
        session,
        asked,
        asking,
        inquiry -> {
          LogicalPlan rows = released(inquiry, asking);
          port.get().release().requireShort(text, rows);
          return rows;
        });
  }

  /**
   * Releases the counts that a crosstab is made of, and makes it: which values become columns is
   * then known.
   *
   * @param asked a question whose plan is the crosstab's input
   * @param text as which Spark writes the table then, if it does
   */
  public LogicalPlan crosstab(
      SparkSession session,
      Asked asked,
      Asking asking,
      CrosstabQuestion question,
      Optional<ShownText> text) {
    AtomicReference<CrosstabPlan> made = new AtomicReference<>();
    Supplier<LogicalPlan> plan =
        () -> {
          made.set(questioning.crosstabAtTheEnd(session, asked.plan(), question));
          return made.get().plan();
        };
    // of the first counts only the table would lack the others
    Asked whole =
        new Asked(plan, asked.stored(), asked.justification(), OptionalInt.empty(), asked.words());
    return questioning.ask(
        session,
        whole,
        asking,
        inquiry -> {
          LogicalPlan table = made.get().table(released(inquiry, asking));
          OutputNames.require(table);
          text.ifPresent(shown -> port.get().release().requireShort(shown, table));
          return table;
        });
  }

  private LogicalPlan released(Inquiry inquiry, Asking asking) {
    Answer answer = answers.answer(inquiry);
    given.remember(inquiry, answer);
    audit.released(asking, inquiry.text(), answer.shown());
    return answer.plan();
  }

  /** Where refusals go on record that were made before a plan existed. */
  public AuditTrail record() {
    return audit;
  }

  private TableNames tableNames(Asking asking, PlanBytes plans, BoundViews views) {
    OpenedPort opened = port.get();
    NamedTables own =
        opened
            .systemTables()
            .or(new CatalogTables(opened.frames(), views.listed()))
            .or(requests)
            .or(new BudgetTable(durable, opened.policies()))
            .or(new ResultNames(durable, opened, plans, mostPlanBytes));
    return new TableNames(opened.frames(), own, asking.principal(), views.plans());
  }
}
