package io.sallyport.spark.answer;

import io.sallyport.policy.audit.StoreUnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what has run out: open requests, results that nobody saved, and bytes that no record names.
 *
 * <p>Bytes are written before their record, so a file without one may be on its way: it is deleted
 * when a later sweep still finds it alone.
 */
public final class Sweeper {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration LEFT_OVER = Duration.ofHours(1);

  private final DurableState durable;
  private Set<String> alone = Set.of();

  public Sweeper(DurableState durable) {
    this.durable = durable;
  }

  /** Sweeps once; what cannot be reached is left for the next time. */
  public synchronized void sweep() {
    try {
      int expired = durable.desk().expire() + expiredResults();
      int orphans = orphans();
      durable.files().sweep(LEFT_OVER);
      if (expired + orphans > 0) {
        LOG.info("{} requests and results have run out, {} files had no record", expired, orphans);
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("The store cannot be swept now: {}", e.getMessage());
    }
  }

  /** The record goes first: an approval at the last moment keeps it, and then its bytes as well. */
  private int expiredResults() {
    List<String> expired = durable.catalogue().expired();
    expired.forEach(durable.catalogue()::forget);
    Set<String> kept = durable.catalogue().ids();
    List<String> gone = expired.stream().filter(id -> !kept.contains(id)).toList();
    gone.forEach(durable.files()::delete);
    return gone.size();
  }

  private int orphans() {
    Set<String> files = new HashSet<>(durable.files().ids());
    files.removeAll(durable.catalogue().ids());
    int deleted = 0;
    for (String id : files) {
      if (alone.contains(id)) {
        durable.files().delete(id);
        deleted++;
      }
    }
    alone = Set.copyOf(files);
    return deleted;
  }
}
