package io.sallyport.spark.answer;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnswerHistory;
import io.sallyport.policy.ledger.GivenAnswer;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.QuestionKey;
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
            shown.cost(),
            1);
    durable.at(
        () -> {
          history.given(given, about(inquiry.key()), inquiry.port().policies());
          return given;
        });
  }

  private static String about(QuestionKey key) {
    return String.join(" ", key.planHash(), key.termsVersion(), key.dataVersion());
  }

  /**
   * What the one who files a request already has of the data it is about. Of what is about further
   * data than those on which the reader decides, only how much there is: its words may quote them.
   */
  AnswerHistory.Earlier before(
      ApprovalRequest request, Supplier<PolicySet> policies, Principal reader) {
    PolicySet now = policies.get();
    List<FrameName> own =
        now.frames().stream()
            .filter(frame -> frame.mayBeDecidedBy(reader))
            .map(Frame::name)
            .toList();
    return durable.at(
        () ->
            history.about(
                request.key().principal(),
                request.demands().stream().map(Demand::frame).toList(),
                own,
                now,
                SHOWN));
  }

  /** The same as lines: how many, then the newest of them. */
  static String lines(AnswerHistory.Earlier earlier) {
    return earlier.count()
        + " answers"
        + (earlier.others() == 0 ? "" : ", " + earlier.others() + " also about frames of others")
        + earlier.newest().stream().map(GivenAnswers::line).collect(Collectors.joining());
  }

  private static String line(GivenAnswer given) {
    return "\n%s %s (%d rows%s%s%s)"
        .formatted(
            given.at(),
            given.words(),
            given.rows(),
            given.cost().map(cost -> ", charged " + cost).orElse(""),
            given.request().map(id -> ", by request " + id).orElse(""),
            given.times() == 1 ? "" : ", " + given.times() + " times");
  }

  /** The steps of a plan as one line. */
  private static String words(LogicalPlan plan) {
    String words =
        PlainWords.of(plan)
            .lines()
            .map(step -> step.replaceFirst("^[0-9]+[.] ", ""))
            .collect(Collectors.joining(" "));
    return shortened(words);
  }

  /** Cut where no character is. */
  static String shortened(String words) {
    if (words.length() <= LONGEST_WORDS) {
      return words;
    }
    boolean isWithin = Character.isHighSurrogate(words.charAt(LONGEST_WORDS - 1));
    return words.substring(0, isWithin ? LONGEST_WORDS - 1 : LONGEST_WORDS) + " ...";
  }
}
