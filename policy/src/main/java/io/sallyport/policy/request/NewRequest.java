package io.sallyport.policy.request;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is put before the deciders.
 *
 * @param key what it is about, and who asks
 * @param session in which session
 * @param justification why, in the analyst's words; may be empty
 * @param question the plan, readable
 * @param planInWords the plan in plain words
 * @param demands the frames whose deciders have to agree, each once
 * @param judgedQuestion what is needed to judge it again; only kept here
 * @param artifact the result that would be released, awaiting
 */
public record NewRequest(
    QuestionKey key,
    String session,
    String justification,
    String question,
    String planInWords,
    List<Demand> demands,
    String judgedQuestion,
    Artifact artifact) {

  /**
   * @throws IllegalArgumentException when nobody has to agree, a frame occurs twice, or the
   *     artifact is about something else or does not await approval
   */
  public NewRequest {
    requireNonNull(key, "key");
    requireNonNull(session, "session");
    requireNonNull(justification, "justification");
    requireNonNull(question, "question");
    requireNonNull(planInWords, "planInWords");
    requireNonNull(judgedQuestion, "judgedQuestion");
    demands = requireDemands(demands);
    if (!artifact.key().equals(key) || artifact.kind() != ArtifactKind.AWAITING) {
      throw new IllegalArgumentException(
          "A request's artifact must await approval of the same question");
    }
  }

  static List<Demand> requireDemands(List<Demand> demands) {
    Set<Object> frames = new HashSet<>();
    demands.forEach(demand -> frames.add(demand.frame()));
    if (demands.isEmpty() || frames.size() < demands.size()) {
      throw new IllegalArgumentException("A request must demand each frame's votes once");
    }
    return List.copyOf(demands);
  }
}
