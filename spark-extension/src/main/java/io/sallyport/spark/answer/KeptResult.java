package io.sallyport.spark.answer;

import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.artifact.ArtifactContent;
import java.util.Optional;

/**
 * What is kept of a request's result, for those who decide.
 *
 * @param evidence JSON: on how many people its rows rest
 * @param rows how many rows there are, in words: a number, or that there are too many
 */
record KeptResult(String evidence, String rows) {

  static final KeptResult NOTHING = new KeptResult("", "");
  private static final String UNREADABLE =
      "{\"problem\":\"the stored result cannot be read; it cannot be approved\"}";

  /** Read from the store, which costs the result's size. */
  static KeptResult of(ApprovalRequest request, Stored stored) {
    return content(request, stored)
        .map(
            content ->
                new KeptResult(
                    content.evidenceJson(),
                    Stored.isTooLarge(content)
                        ? "more than a result may have"
                        : String.valueOf(content.rows().size())))
        .orElse(new KeptResult(UNREADABLE, "unknown"));
  }

  private static Optional<ArtifactContent> content(ApprovalRequest request, Stored stored) {
    try {
      return Optional.of(stored.read(request.artifactId(), request.resultHash()));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }
}
