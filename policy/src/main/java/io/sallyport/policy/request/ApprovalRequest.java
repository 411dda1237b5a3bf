package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request for approval as it stands. Immutable.
 *
 * @param id names it
 * @param key what it is about, and who asks
 * @param session in which session it was filed
 * @param justification why, in the analyst's words; may be empty
 * @param question the plan, readable
 * @param planInWords the plan in plain words
 * @param demands the frames whose deciders have to agree, each once
 * @param judgedQuestion what is needed to judge it again
 * @param artifactId the artifact that would be released
 * @param resultHash names that artifact's exact bytes
 * @param state where it stands
 * @param reason why it stands there: the words of who rejected or returned it, or what closed it
 * @param votes what was said so far and still counts
 * @param filedAt when it was filed
 * @param expiresAt when it ends if it is still open
 * @param decidedAt when it was closed
 */
public record ApprovalRequest(
    String id,
    QuestionKey key,
    String session,
    String justification,
    String question,
    String planInWords,
    List<Demand> demands,
    String judgedQuestion,
    String artifactId,
    String resultHash,
    RequestState state,
    Optional<String> reason,
    List<Vote> votes,
    Instant filedAt,
    Instant expiresAt,
    Optional<Instant> decidedAt) {

  /**
   * @throws IllegalArgumentException when nobody has to agree, or it is both open and decided, or
   *     neither
   */
  public ApprovalRequest {
    requireNonNull(id, "id");
    requireNonNull(key, "key");
    requireNonNull(session, "session");
    requireNonNull(justification, "justification");
    requireNonNull(question, "question");
    requireNonNull(planInWords, "planInWords");
    demands = NewRequest.requireDemands(demands);
    requireNonNull(judgedQuestion, "judgedQuestion");
    requireNonNull(artifactId, "artifactId");
    requireNonNull(resultHash, "resultHash");
    requireNonNull(reason, "reason");
    votes = List.copyOf(votes);
    requireNonNull(filedAt, "filedAt");
    requireNonNull(expiresAt, "expiresAt");
    if (state.isOpen() == decidedAt.isPresent()) {
      throw new IllegalArgumentException("A request must be either open or decided");
    }
  }
}
