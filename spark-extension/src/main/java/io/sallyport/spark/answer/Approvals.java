package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import io.sallyport.policy.principal.Role;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.NewRequest;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.request.Vote;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.record.Shown;
import io.sallyport.spark.release.PlainWords;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Questions that only owners can let through: the first time a question is asked, its exact result
 * is made, kept and put before them; from then on the question is answered by what they said.
 *
 * <p>A grant is for one principal, one canonical plan, one version of the terms and of the data,
 * and one result, named by its hash. Nothing else is ever served for it.
 */
final class Approvals {

  private final DurableState durable;
  private final Stored stored;
  private final Supplier<Principals> principals;

  /**
   * @param principals those who may come in at the moment
   */
  Approvals(DurableState durable, Supplier<Principals> principals) {
    this.principals = principals;
    this.durable = durable;
    this.stored = new Stored(durable);
  }

  /**
   * The approved rows.
   *
   * @throws RefusedException APPROVAL_REQUIRED, with the id of the request that is filed or was
   *     filed before; APPROVAL_REJECTED or APPROVAL_RETURNED with the owner's words
   */
  Answer answer(Inquiry inquiry, List<Ground> grounds, Optional<Artifact> known) {
    Optional<ApprovalRequest> before =
        durable
            .at(() -> durable.desk().newest(inquiry.key().principal(), inquiry.key().planHash()))
            .filter(request -> request.key().equals(inquiry.key()));
    if (before.isPresent()) {
      Optional<Answer> answer = onRequest(before.get(), inquiry, grounds, known);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    requireSomebodyElse(inquiry, grounds);
    throw Refusals.pending(file(inquiry, grounds, known), grounds);
  }

  /** Nobody decides on their own request: where nobody else may, none is filed. */
  private void requireSomebodyElse(Inquiry inquiry, List<Ground> grounds) {
    String requester = inquiry.key().principal();
    for (Demand demand : Demands.of(grounds, inquiry.port().policies())) {
      long others =
          demand.deciders().isEmpty()
              ? otherOwners(requester)
              : demand.deciders().stream().filter(name -> !name.equals(requester)).count();
      if (others < demand.votesNeeded()) {
        throw Refusals.nobodyElse(demand, grounds);
      }
    }
  }

  private long otherOwners(String requester) {
    List<Principal> all = principals.get().all();
    return all.isEmpty()
        ? Integer.MAX_VALUE // nobody knows who is there
        : all.stream()
            .filter(one -> one.role() == Role.OWNER && !one.name().equals(requester))
            .count();
  }

  /** What an earlier request about the very same makes of the question; empty asks anew. */
  private Optional<Answer> onRequest(
      ApprovalRequest request, Inquiry inquiry, List<Ground> grounds, Optional<Artifact> known) {
    return switch (request.state()) {
      case PENDING -> throw Refusals.pending(request, grounds);
      case APPROVED ->
          durable
              .at(() -> durable.catalogue().find(request.artifactId()))
              .map(
                  artifact ->
                      serve(request, collectedAnew(request, known).orElse(artifact), inquiry));
      case REJECTED -> {
        if (durable.clock().instant().isBefore(request.expiresAt())) {
          throw Refusals.rejected(request);
        }
        yield Optional.empty();
      }
      case RETURNED -> throw answered(request, inquiry, grounds);
      case WITHDRAWN, EXPIRED -> Optional.empty();
    };
  }

  private RefusedException answered(
      ApprovalRequest request, Inquiry inquiry, List<Ground> grounds) {
    String justification = inquiry.asked().justification();
    if (justification.isBlank() || justification.equals(request.justification())) {
      return Refusals.returned(request);
    }
    ApprovalRequest again =
        durable.at(
            () ->
                durable.desk().justify(request.id(), inquiry.asking().principal(), justification));
    return Refusals.pending(again, grounds);
  }

  /** The very result that was approved, made again: it may be whole where the first is not. */
  private static Optional<Artifact> collectedAnew(
      ApprovalRequest request, Optional<Artifact> known) {
    return known.filter(
        artifact -> artifact.resultHash().equals(Optional.of(request.resultHash())));
  }

  private Answer serve(ApprovalRequest request, Artifact artifact, Inquiry inquiry) {
    if (request.state() != RequestState.APPROVED
        || !artifact.key().principal().equals(inquiry.key().principal())
        || !artifact.resultHash().equals(Optional.of(request.resultHash()))) {
      throw new AssertionError("An approval is served for exactly what it is about");
    }
    ArtifactContent content = stored.read(inquiry, artifact.id(), request.resultHash());
    String decision =
        request.votes().stream()
            .filter(Vote::approves)
            .map(vote -> vote.decider() + " for " + vote.frame().value())
            .collect(Collectors.joining(", ", "approved by ", ""));
    return new Answer(
        Stored.relation(inquiry.plan(), content),
        new Shown(
            request.resultHash(),
            content.rows().size(),
            Optional.of(request.id()),
            Optional.of(decision),
            Optional.empty()));
  }

  private ApprovalRequest file(Inquiry inquiry, List<Ground> grounds, Optional<Artifact> known) {
    Artifact artifact = known.orElseGet(() -> exact(inquiry, grounds));
    ApprovalRequest filed;
    try {
      filed =
          durable.at(
              () ->
                  durable
                      .desk()
                      .file(
                          new NewRequest(
                              inquiry.key(),
                              inquiry.asking().session(),
                              inquiry.asked().justification(),
                              inquiry.text().text(),
                              PlainWords.of(inquiry.plan()),
                              Demands.of(grounds, inquiry.port().policies()),
                              JudgedQuestion.of(inquiry).json(),
                              artifact)));
    } catch (RefusedException e) {
      if (e.refusal().code() != RefusalCode.STORE_UNAVAILABLE) { // else it may have been filed
        forget(artifact, known);
      }
      throw e;
    }
    if (!filed.artifactId().equals(artifact.id())) {
      forget(artifact, known); // another call filed the same at the same time
    } else {
      durable
          .notifier()
          .filed(
              filed.id(),
              filed.key().principal(),
              filed.demands().stream().map(demand -> demand.frame().value()).toList(),
              filed.filedAt());
    }
    return filed;
  }

  private Artifact exact(Inquiry inquiry, List<Ground> grounds) {
    return stored.write(
        inquiry,
        ArtifactKind.AWAITING,
        inquiry.port().release().exact(inquiry.judged(), inquiry.reading()),
        grounds);
  }

  private void forget(Artifact artifact, Optional<Artifact> known) {
    if (known.isEmpty()) {
      stored.delete(artifact.id());
    }
  }
}
