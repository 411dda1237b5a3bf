package io.sallyport.connect.server.gate;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts calls that nobody known made on record, counted by address and minute: the first of each
 * minute at once, and how many there were when the minute is over. Safe for threads.
 */
final class StrangersRecord {

  private static final Logger LOG = LoggerFactory.getLogger(StrangersRecord.class);

  /** Further addresses in one minute are counted together. */
  private static final int MOST_ADDRESSES = 100;

  /** Nobody mistypes a token so often in a minute. */
  private static final int MANY = 30;

  private static final String OTHERS = "further addresses";

  /** Is told of an address from which very many calls came. */
  interface Many {
    void from(String address, int count);
  }

  private final Consumer<String> record;
  private final Many many;
  private final Clock clock;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private Instant minute = Instant.EPOCH;

  /**
   * @param record writes one sentence into the record
   * @param many is told once a minute
   */
  StrangersRecord(Consumer<String> record, Many many, Clock clock) {
    this.record = record;
    this.many = many;
    this.clock = clock;
  }

  /** One more call from the address. */
  synchronized void count(String address) {
    sweep();
    boolean isRoom = counts.containsKey(address) || counts.size() < MOST_ADDRESSES;
    String counted = isRoom ? address : OTHERS;
    int count = counts.merge(counted, 1, Integer::sum);
    if (count == 1) {
      write("a call", counted);
    }
    if (count == MANY) {
      many.from(counted, count);
    }
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
    counts.forEach(
        (address, count) -> {
          if (count > 1) {
            write(count + " calls", address);
          }
        });
    counts.clear();
  }

  private void write(String calls, String address) {
    try {
      record.accept(
          "%s without a known credential from %s in the minute of %s"
              .formatted(calls, address, minute));
    } catch (RuntimeException e) { // it is a no all the same
      LOG.error("Calls without a credential could not be recorded: {}", e.getClass().getName());
    }
  }
}
