package io.sallyport.spark;

import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.record.QuestionCounts;
import io.sallyport.spark.turn.FairShare;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Numbers about the server for operators: none of them is about a frame, a principal or a value.
 * Each is read when it is asked for.
 */
public final class Measures {

  private static final List<String> QUESTIONS =
      List.of("RELEASED", "STORED", "NEEDS_APPROVAL", "REFUSED", "FAILED");

  private final QuestionCounts counts;
  private final FairShare share;
  private final DurableState durable;

  Measures(QuestionCounts counts, FairShare share, DurableState durable) {
    this.counts = counts;
    this.share = share;
    this.durable = durable;
  }

  /** What can be read, by its name. */
  public Map<String, Supplier<Number>> all() {
    Map<String, Supplier<Number>> all = new TreeMap<>();
    all.put("questions", () -> QUESTIONS.stream().mapToLong(counts::of).sum());
    QUESTIONS.forEach(name -> all.put("verdicts." + lower(name), () -> counts.of(name)));
    for (RefusalCode code : RefusalCode.values()) {
      all.put("codes." + lower(code.name()), () -> counts.of(code));
    }
    all.put("requests.pending", this::pending);
    all.put("chamber.millis", () -> share.took().toMillis());
    all.put("chamber.running", share::running);
    all.put("chamber.waiting", share::waiting);
    return all;
  }

  /** -1 while nobody can tell. */
  private long pending() {
    try {
      return durable.desk().pending();
    } catch (StoreUnavailableException e) {
      return -1;
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
