package io.sallyport.spark.record;

import io.sallyport.policy.decision.RefusalCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many records were kept since the server started, by verdict and by code. Of whom and about
 * what is in the record alone. Thread-safe.
 */
public final class QuestionCounts {

  private final Map<String, LongAdder> verdicts = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> codes = new ConcurrentHashMap<>();

  /** One more. */
  void count(String verdict, Optional<String> code) {
    verdicts.computeIfAbsent(verdict, name -> new LongAdder()).increment();
    code.ifPresent(name -> codes.computeIfAbsent(name, same -> new LongAdder()).increment());
  }

  /** Of this verdict. */
  public long of(String verdict) {
    return sum(verdicts, verdict);
  }

  /** Refused with this code. */
  public long of(RefusalCode code) {
    return sum(codes, code.name());
  }

  private static long sum(Map<String, LongAdder> counts, String name) {
    LongAdder count = counts.get(name);
    return count == null ? 0 : count.sum();
  }
}
