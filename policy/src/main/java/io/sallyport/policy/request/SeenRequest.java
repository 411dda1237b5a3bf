package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What of a request a decider had read: a decision is about exactly that, or is not made.
 *
 * @param key the question, the terms and the data
 * @param justification why, in the analyst's words
 * @param demands the frames whose deciders have to agree
 * @param resultHash names the result
 */
public record SeenRequest(
    QuestionKey key, String justification, List<Demand> demands, String resultHash) {
  public SeenRequest {
    requireNonNull(key, "key");
    requireNonNull(justification, "justification");
    demands = List.copyOf(demands);
    requireNonNull(resultHash, "resultHash");
  }

  /** The request as it was read. */
  public static SeenRequest of(ApprovalRequest request) {
    return new SeenRequest(
        request.key(), request.justification(), request.demands(), request.resultHash());
  }

  /** Whether the request still is what was read. */
  boolean isStill(ApprovalRequest request) {
    return equals(of(request));
  }
}
