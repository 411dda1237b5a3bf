package io.sallyport.spark.answer;

import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnswerHistory;
import io.sallyport.policy.ledger.GivenAnswer;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.spark.record.Shown;
import io.sallyport.spark.release.PlainWords;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * What analysts already have, for those who decide on what they ask next: every governed answer, in
 * the store that all servers share, before it leaves.
 */
public final class GivenAnswers {

  private static final int SHOWN = 10;
  private static final int LONGEST_WORDS = 2000;

  private final DurableState durable;
  private final AnswerHistory history;

  public GivenAnswers(DurableState durable) {
    this.durable = durable;
    this.history = new AnswerHistory(durable.store());
  }

  /**
   * Remembers an answer that is about to leave; one that no governed frame is behind is nobody's
   * affair.
   *
   * @throws io.sallyport.spark.RefusedException STORE_UNAVAILABLE: then nothing leaves
   */
  public void remember(Inquiry inquiry, Answer answer) {
    if (inquiry.sources().isEmpty()) {
      return;
    }
    Shown shown = answer.shown();
    GivenAnswer given =
        new GivenAnswer(
            durable.clock().instant(),
            inquiry.asking().principal().name(),
            words(inquiry.plan()),
            inquiry.sourceList(),
            shown.rows(),
            shown.request(),
            shown.cost());
    durable.at(
        () -> {
          history.given(given, inquiry.port().policies());
          return given;
        });
  }

  /** What the one who files a request already has of the data it is about. */
  AnswerHistory.Earlier before(ApprovalRequest request, Supplier<PolicySet> policies) {
    return durable.at(
        () ->
            history.about(
                request.key().principal(),
                request.demands().stream().map(Demand::frame).toList(),
                policies.get(),
                SHOWN));
  }

  /** The same as lines: how many, then the newest of them. */
  static String lines(AnswerHistory.Earlier earlier) {
    List<GivenAnswer> newest = earlier.newest();
    return earlier.count()
        + " answers"
        + newest.stream()
            .map(
                given ->
                    "\n%s %s (%d rows%s%s)"
                        .formatted(
                            given.at(),
                            given.words(),
                            given.rows(),
                            given.cost().map(cost -> ", charged " + cost).orElse(""),
                            given.request().map(id -> ", by request " + id).orElse("")))
            .collect(Collectors.joining());
  }

  /** The steps of a plan as one line. */
  private static String words(LogicalPlan plan) {
    String words =
        PlainWords.of(plan)
            .lines()
            .map(step -> step.replaceFirst("^[0-9]+[.] ", ""))
            .collect(Collectors.joining(" "));
    return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + " ...";
  }
}
