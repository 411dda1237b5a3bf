package io.sallyport.policy.request;

import java.time.Duration;

/**
 * How long requests and artifacts live, and how many one principal may have.
 *
 * @param requestsLive how long a request stays open
 * @param artifactsLive how long an artifact lives after its approval
 * @param openRequestsPerPrincipal open requests of one principal
 * @param artifactsPerPrincipal artifacts of one principal that have not expired
 * @param artifactBytesPerPrincipal bytes of these
 */
public record ApprovalTerms(
    Duration requestsLive,
    Duration artifactsLive,
    int openRequestsPerPrincipal,
    int artifactsPerPrincipal,
    long artifactBytesPerPrincipal) {

  /**
   * @throws IllegalArgumentException when a duration or a number is not above 0
   */
  public ApprovalTerms {
    if (!isPositive(requestsLive) || !isPositive(artifactsLive)) {
      throw new IllegalArgumentException("Requests and artifacts must live for some time");
    }
    if (openRequestsPerPrincipal < 1
        || artifactsPerPrincipal < 1
        || artifactBytesPerPrincipal < 1) {
      throw new IllegalArgumentException("Limits of requests and artifacts must be at least 1");
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
