package io.sallyport.spark.record;

import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.AuditRecord;
import io.sallyport.policy.audit.CountedLooks;
import io.sallyport.policy.audit.CountedRefusals;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.notify.Probing;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what became of each question, before the analyst learns it. Thread-safe. */
public final class AuditTrail {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

  private static final Set<RefusalCode> ASKED =
      Set.of(
          RefusalCode.APPROVAL_REQUIRED,
          RefusalCode.APPROVAL_REJECTED,
          RefusalCode.APPROVAL_RETURNED);

  /** Each names a request, which the store must have, or tells something of the data. */
  private static final Set<RefusalCode> EACH =
      Set.of(RefusalCode.APPROVAL_REQUIRED, RefusalCode.SMALL_GROUP, RefusalCode.QUERY_FAILED);

  private final AuditLog audit;
  private final Supplier<String> policyVersion;
  private final MentionedFrames mentioned;
  private final Clock clock;
  private final QuestionCounts counts = new QuestionCounts();
  private final EachMinute eachMinute;
  private final Consumer<Probing> probing;
  private final RepeatedRefusals repeated;

  /**
   * A trail into a log.
   *
   * @param policies the policies in force
   * @param recordedPerMinute refusals of one principal that have a record each within a minute, and
   *     plans described, and questions explained; further ones are counted
   * @param probing is told of who tries the same again and again; fast, and never throws
   */
  public AuditTrail(
      AuditLog audit,
      Supplier<PolicySet> policies,
      Clock clock,
      int recordedPerMinute,
      Consumer<Probing> probing) {
    this.audit = audit;
    this.policyVersion = () -> policies.get().version();
    this.mentioned = new MentionedFrames(policies);
    this.clock = clock;
    this.probing = probing;
    this.repeated = new RepeatedRefusals(probing, clock);
    this.eachMinute = new EachMinute(recordedPerMinute, this::further, clock);
  }

  /**
   * Rows are about to leave.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept: then nothing leaves
   */
  public void released(Asking asking, QuestionText question, Shown shown) {
    append(
        asking,
        question,
        "RELEASED",
        new Became(
            Optional.empty(),
            List.of(),
            Optional.of(shown.resultHash()),
            OptionalLong.of(shown.rows()),
            shown.request(),
            shown.decision(),
            shown.cost()));
  }

  /**
   * A result was made and stays in the store.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept
   */
  public void stored(
      Asking asking, QuestionText question, Optional<String> resultHash, Optional<String> cost) {
    append(
        asking,
        question,
        "STORED",
        new Became(
            Optional.empty(),
            List.of(),
            resultHash,
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            cost));
  }

  /**
   * Nothing left; or the question was put before owners. What never became a plan is about the
   * frames that it names.
   */
  public void refused(Asking asking, QuestionText question, Refusal refusal) {
    refused(asking, question, question.text(), refusal);
  }

  /** A request was refused before it became a plan. {@code words} are all that it says. */
  public void refused(Asking asking, String words, Refusal refusal) {
    refused(asking, QuestionText.refused(words), words, refusal);
  }

  private void refused(Asking asking, QuestionText question, String words, Refusal refusal) {
    QuestionText about =
        question.frames().isEmpty() ? question.about(mentioned.in(words)) : question;
    Runnable record =
        () ->
            append(
                asking,
                about,
                verdict(refusal.code()),
                Became.nothing(Optional.of(refusal.code().name()), List.of(refusal.text())));
    if (refusal.code() != RefusalCode.APPROVAL_REQUIRED) {
      repeated.refused(asking.principal().name(), words, about.frames());
    }
    if (EACH.contains(refusal.code())) {
      record.run();
    } else {
      eachMinute.record(
          new EachMinute.Whose(asking.principal().name(), "REFUSED"),
          refusal.code().name(),
          about::frames,
          record);
    }
  }

  /**
   * Somebody is about to be told what would become of a question about governed frames.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept: then nothing is told
   */
  public void explained(Asking asking, QuestionText question) {
    looked(asking, question, "EXPLAINED");
  }

  /**
   * Somebody is about to be told of what type the columns of a plan over these frames are.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept: then nothing is told
   */
  public void described(Asking asking, QuestionText question, List<String> frames) {
    looked(asking, question.about(frames), "DESCRIBED");
  }

  private void looked(Asking asking, QuestionText question, String verdict) {
    if (!question.frames().isEmpty()) {
      eachMinute.record(
          new EachMinute.Whose(asking.principal().name(), verdict),
          verdict,
          question::frames,
          () -> append(asking, question, verdict, Became.nothing(Optional.empty(), List.of())));
    }
  }

  /** Writes the numbers of a minute that is over. Called now and then. */
  public void sweep() {
    eachMinute.sweep();
  }

  /** Writes the numbers that there are. */
  public void flush() {
    eachMinute.flush();
  }

  /**
   * Somebody decides on a request. Written before the decision takes effect: a decision without a
   * record cannot be.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept: then nothing is
   *     decided
   */
  public void decides(Asking asking, QuestionText question, String request, String decision) {
    append(asking, question, "DECIDED", Became.about(Optional.of(request), Optional.of(decision)));
  }

  /**
   * An owner decides on somebody, not on a request. Written before it takes effect.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept
   */
  public void decides(Asking asking, QuestionText question, String decision) {
    append(asking, question, "DECIDED", Became.about(Optional.empty(), Optional.of(decision)));
  }

  /**
   * Somebody who decides on a request is about to read its result.
   *
   * @throws RefusedException STORE_UNAVAILABLE when the record cannot be kept: then nothing is
   *     shown
   */
  public void reads(Asking asking, QuestionText question, String request) {
    append(asking, question, "READ", Became.about(Optional.of(request), Optional.empty()));
  }

  /** Something became of the policies themselves, for the owners of these frames to read. */
  public void policy(Asking asking, String what, List<String> frames) {
    append(
        asking,
        QuestionText.of(what).about(frames),
        "POLICY",
        Became.nothing(Optional.empty(), List.of(what)));
  }

  /** How many records there were of each kind. */
  public QuestionCounts counts() {
    return counts;
  }

  /** The frames that a request names. */
  public List<String> named(String words) {
    return mentioned.in(words);
  }

  /** What was too much to be recorded one by one; a number that cannot be kept changes nothing. */
  private void further(
      EachMinute.Whose whose,
      Instant minute,
      SortedMap<String, Integer> counts,
      List<String> frames) {
    String text =
        whose.kind().equals("REFUSED")
            ? new CountedRefusals(minute, counts).text()
            : new CountedLooks(minute, counts.get(whose.kind())).text();
    try {
      append(
          whose.principal(),
          "",
          "",
          QuestionText.of(text).about(frames),
          whose.kind(),
          Became.nothing(Optional.empty(), List.of()));
    } catch (RefusedException e) {
      LOG.error("A number of records could not be kept: {}", text);
    }
  }

  /** Calls came that nobody known made. */
  public void strangers(String what) {
    String code = RefusalCode.UNAUTHENTICATED.name();
    append(
        "", "", "", QuestionText.of(what), "REFUSED", Became.nothing(Optional.of(code), List.of()));
  }

  /** Very many logins failed from an address within a minute. */
  public void guessed(String address, int count) {
    probing.accept(new Probing(Probing.Pattern.LOGINS, address, count, List.of(), clock.instant()));
  }

  private static String verdict(RefusalCode code) {
    if (ASKED.contains(code)) {
      return "NEEDS_APPROVAL";
    }
    return code == RefusalCode.QUERY_FAILED ? "FAILED" : "REFUSED";
  }

  private record Became(
      Optional<String> code,
      List<String> grounds,
      Optional<String> resultHash,
      OptionalLong rows,
      Optional<String> request,
      Optional<String> decision,
      Optional<String> cost) {

    /** Nothing left and nothing was paid: it is about a request, or a decision. */
    static Became about(Optional<String> request, Optional<String> decision) {
      return new Became(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          OptionalLong.empty(),
          request,
          decision,
          Optional.empty());
    }

    /** Nothing left, nothing was decided, nothing was paid. */
    static Became nothing(Optional<String> code, List<String> grounds) {
      return new Became(
          code,
          grounds,
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  private void append(Asking asking, QuestionText question, String verdict, Became became) {
    append(
        asking.principal().name(), asking.session(), asking.operation(), question, verdict, became);
  }

  private void append(
      String principal,
      String session,
      String operation,
      QuestionText question,
      String verdict,
      Became became) {
    try {
      audit.append(
          new AuditRecord(
              clock.instant(),
              principal,
              session,
              operation,
              question.text(),
              question.hash(),
              policyVersion.get(),
              question.frames(),
              verdict,
              became.code(),
              became.grounds(),
              became.resultHash(),
              became.rows(),
              became.request(),
              became.decision(),
              became.cost()));
      counts.count(verdict, became.code());
    } catch (StoreUnavailableException e) {
      LOG.error(
          "Operation {} is not on record, so nothing of it left: {}", operation, e.getMessage());
      RefusedException unavailable =
          RefusedException.of(
              RefusalCode.STORE_UNAVAILABLE,
              "the audit log cannot be written, so nothing is released",
              "the same question when the operator has repaired the store");
      unavailable.initCause(e);
      throw unavailable;
    }
  }
}
