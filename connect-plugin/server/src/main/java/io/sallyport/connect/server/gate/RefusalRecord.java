package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.proto.Rpc;
import io.sallyport.policy.audit.CountedRefusals;
import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.Asking;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkproject.connect.protobuf.Message;

/**
 * Puts the gate's refusals on record, with what was asked. Within a minute each principal has a
 * number of records of their own; further ones are counted by code and frame, and the count is on
 * record when the minute is over. A record that cannot be kept changes nothing: it is a no. Safe
 * for threads.
 */
final class RefusalRecord {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalRecord.class);

  private static final int EACH_MINUTE = 60;

  /** Where records go. */
  interface Sink {

    /** One refusal of a request that says these words. */
    void refused(Asking asking, String words, Refusal refusal);

    /** Further refusals. */
    void refused(Principal principal, CountedRefusals counted, List<String> frames);

    /** The frames that words name. */
    List<String> named(String words);
  }

  /** One principal's minute. */
  private static final class Minute {
    private int recorded;
    private final SortedMap<String, Integer> further = new TreeMap<>();
    private final SortedSet<String> frames = new TreeSet<>();
  }

  private final Sink sink;
  private final Clock clock;
  private final Map<Principal, Minute> minutes = new HashMap<>();
  private Instant minute = Instant.EPOCH;

  RefusalRecord(Sink sink, Clock clock) {
    this.sink = sink;
    this.clock = clock;
  }

  /** A request was refused. */
  void refused(Principal principal, Rpc rpc, Message request, Refusal refusal) {
    String words = RequestWords.of(request);
    record(
        new Asking(principal, RequestHead.session(request), ""),
        words.isEmpty() ? "RPC " + rpc.method() : "RPC " + rpc.method() + "\n" + words,
        refusal);
  }

  /** A call was refused before it said anything; {@code rpc} is empty when there is none such. */
  void refused(Principal principal, Optional<Rpc> rpc, Refusal refusal) {
    String words = rpc.map(known -> "RPC " + known.method()).orElse("an RPC that does not exist");
    record(new Asking(principal, "", ""), words, refusal);
  }

  /** Writes what is to be written once a minute is over. */
  synchronized void sweep() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!now.equals(minute)) {
      flush();
      minute = now;
    }
  }

  /** Writes what was counted so far. */
  synchronized void flush() {
    minutes.forEach(
        (principal, counted) -> {
          if (!counted.further.isEmpty()) {
            CountedRefusals further = new CountedRefusals(minute, counted.further);
            quietly(() -> sink.refused(principal, further, List.copyOf(counted.frames)));
          }
        });
    minutes.clear();
  }

  private synchronized void record(Asking asking, String words, Refusal refusal) {
    sweep();
    Minute own = minutes.computeIfAbsent(asking.principal(), principal -> new Minute());
    if (own.recorded < EACH_MINUTE) {
      own.recorded++;
      quietly(() -> sink.refused(asking, words, refusal));
    } else {
      own.further.merge(refusal.code().name(), 1, Integer::sum);
      own.frames.addAll(sink.named(words));
    }
  }

  private static void quietly(Runnable write) {
    try {
      write.run();
    } catch (RuntimeException e) {
      LOG.error("A refusal could not be recorded: {}", e.getClass().getName());
    }
  }
}
