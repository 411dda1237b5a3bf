package io.sallyport.spark.release;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Noisy releases that were made before, and where new ones are kept. */
public interface RecordedReleases {

  /**
   * The rows that were released for exactly this, by {@link NoisePlan.Part#hash}, or that a finer
   * release gives for it.
   */
  Optional<List<UnsafeRow>> find(NoisePlan.Part part);

  /** Keeps what was released, before anybody sees it. */
  void keep(NoisePlan.Part part, Result released);
}
