package io.sallyport.spark.release;

import io.sallyport.policy.decision.Ground;
import java.util.List;

/**
 * Only the owners can let a result leave, as its data turned out. Stays between chamber and desk;
 * its grounds depend on data no further than that some group is small.
 */
public final class ApprovalNeeded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Ground> grounds;

  ApprovalNeeded(List<Ground> grounds) {
    super("A result needs approval");
    this.grounds = List.copyOf(grounds);
  }

  public List<Ground> grounds() {
    return grounds;
  }
}
