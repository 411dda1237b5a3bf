package io.sallyport.spark.answer;

import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.Charge;
import io.sallyport.policy.ledger.FailureCount;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Role;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.release.ApprovalNeeded;
import io.sallyport.spark.release.NoisePlan;
import io.sallyport.spark.turn.TimeLimit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a question costs that fails after data were read. No admitted expression fails on a row; if
 * something does all the same, whether it did must not be asked again and again: such a question
 * costs its cap, and after three of them the principal waits for an owner. A question that is cut
 * off at its time is one of these, unless others left it no core; one that its own analyst calls
 * off is not.
 */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final DurableState durable;
  private final FailureCount count;

  public Failures(DurableState durable) {
    this.durable = durable;
    this.count = new FailureCount(durable.store(), durable.clock());
  }

  /**
   * Runs a judged question.
   *
   * @throws RefusedException LIMIT_EXCEEDED when the principal waits for an owner
   */
  <T> T counted(Inquiry inquiry, Supplier<T> work) {
    requireNotWaiting(inquiry);
    try {
      return work.get();
    } catch (RefusedException | ApprovalNeeded e) {
      throw e;
    } catch (Throwable e) {
      if (TimeLimit.isOver() ? !TimeLimit.isOverUnserved() : !isCancelled(e)) {
        failed(inquiry);
      }
      throw e;
    }
  }

  /**
   * Lets a principal ask again about the frames that are this owner's.
   *
   * @return how many failures counted until now
   * @throws RefusedException IDENTITY_MISMATCH when no frame is
   */
  int clear(Principal owner, String principal, PolicySet policies) {
    List<FrameName> frames =
        policies.frames().stream().filter(frame -> decides(owner, frame)).map(Frame::name).toList();
    if (frames.isEmpty() || owner.name().equals(principal)) {
      throw RefusedException.of(
          RefusalCode.IDENTITY_MISMATCH,
          "only an owner or reviewer of a frame clears failures, and nobody their own",
          "a frame's owner who calls this for somebody else");
    }
    return durable.at(() -> count.clear(principal, frames, owner.name()));
  }

  private static boolean decides(Principal person, Frame frame) {
    boolean named = frame.owner().isPresent() || !frame.reviewers().isEmpty();
    return named
        ? frame.owner().filter(person.name()::equals).isPresent()
            || frame.reviewers().contains(person.name())
        : person.role() == Role.OWNER;
  }

  private void requireNotWaiting(Inquiry inquiry) {
    if (inquiry.sources().isEmpty()) {
      return;
    }
    String asks = inquiry.asking().principal().name();
    durable
        .at(() -> count.waitsFor(asks, inquiry.sources()))
        .ifPresent(
            frame -> {
              throw RefusedException.of(
                  RefusalCode.LIMIT_EXCEEDED,
                  "%d questions of yours about frame %s failed after its data were read"
                      .formatted(FailureCount.MOST, frame),
                  "the same question when an owner of frame %s has called CALL".formatted(frame)
                      + " sallyport.clear_failures('"
                      + asks
                      + "')");
            });
  }

  private void failed(Inquiry inquiry) {
    try {
      if (!inquiry.sources().isEmpty()) {
        count.add(inquiry.asking().principal().name(), inquiry.sources());
        chargeUpToCap(inquiry);
      }
    } catch (RuntimeException e) { // the question's own failure is what is told
      LOG.error("A failure could not be counted: {}", e.getClass().getName());
    }
  }

  /** What a question asked for less than its cap is charged beyond its price. */
  private void chargeUpToCap(Inquiry inquiry) {
    List<NoisePlan.Part> parts = inquiry.judged().noise().releases();
    if (parts.isEmpty()) {
      return;
    }
    NoisePlan.Part any = parts.get(0);
    Epsilon asked = any.terms().epsilon().times(parts.size());
    if (asked.compareTo(any.cap()) >= 0) {
      return;
    }
    Epsilon more = new Epsilon(any.cap().value().subtract(asked.value()));
    Charge charge =
        new Charge(
            UUID.randomUUID().toString(),
            inquiry.asking().principal().name(),
            inquiry.sourceList(),
            inquiry.text().hash(),
            List.of(new PrivacyLoss.Pure(more)));
    durable.ledger().charge(charge, inquiry.port().policies());
  }

  /** The analyst, or the server's end, took the question back: no row had a part in that. */
  private static boolean isCancelled(Throwable e) {
    return e instanceof InterruptedException
        || (e instanceof SparkException spark
            && "SPARK_JOB_CANCELLED".equals(spark.getCondition()));
  }
}
