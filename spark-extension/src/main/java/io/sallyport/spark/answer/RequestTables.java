package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.ResultName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.Demand;
import io.sallyport.policy.request.MissingVotes;
import io.sallyport.policy.request.RequestFilter;
import io.sallyport.policy.request.RequestState;
import io.sallyport.policy.request.Vote;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.seal.NamedTables;
import io.sallyport.spark.seal.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * {@code sallyport.requests}: one's own requests, and those one may decide on with what stands
 * behind them, the result's keyed name among it, which is NULL for whoever asks or may not decide
 * for every frame; {@code sallyport.preview.<request>}: the exact rows that an approval would let
 * out, for those who may decide and nobody else.
 */
public final class RequestTables implements NamedTables {

  private static final int NEWEST = 1_000;
  private static final List<String> COLUMNS =
      List.of(
          "request",
          "state",
          "principal",
          "filed_at",
          "expires_at",
          "frames",
          "justification",
          "grounds",
          "plan",
          "question",
          "evidence",
          "earlier",
          "votes",
          "reason",
          "result_hash",
          "rows",
          "votes_missing");

  private final DurableState durable;
  private final Stored stored;
  private final GivenAnswers given;
  private final Supplier<PolicySet> policies;

  /**
   * @param policies those in force
   */
  public RequestTables(DurableState durable, Supplier<PolicySet> policies) {
    this.durable = durable;
    this.stored = new Stored(durable);
    this.given = new GivenAnswers(durable);
    this.policies = policies;
  }

  @Override
  public Optional<LogicalPlan> find(List<String> nameParts, Principal principal) {
    List<String> lower = nameParts.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
    if (lower.equals(List.of("sallyport", "requests"))) {
      return Optional.of(requests(principal));
    }
    if (lower.size() == 3 && lower.subList(0, 2).equals(List.of("sallyport", "preview"))) {
      return preview(lower.get(2), principal);
    }
    return Optional.empty();
  }

  private LogicalPlan requests(Principal principal) {
    List<List<String>> rows = new ArrayList<>();
    List<ApprovalRequest> newest =
        durable.at(() -> durable.desk().list(RequestFilter.newest(NEWEST)));
    Map<String, String> earlier = new HashMap<>(); // one reading for each asker and set of frames
    for (ApprovalRequest request : newest) {
      if (OwnerDesk.isVisible(request, principal)) {
        rows.add(row(request, principal, earlier));
      }
    }
    return TextTable.of(COLUMNS, rows);
  }

  private List<String> row(
      ApprovalRequest request, Principal principal, Map<String, String> earlier) {
    boolean decides = OwnerDesk.isEntitled(request, principal);
    KeptResult kept = decides ? kept(request) : KeptResult.NOTHING;
    String frames =
        request.demands().stream().map(d -> d.frame().value()).collect(Collectors.joining(", "));
    boolean decidesAll = OwnerDesk.isEntitledToAll(request, principal);
    return Arrays.asList(
        request.id(),
        request.state().name(),
        request.key().principal(),
        request.filedAt().toString(),
        request.expiresAt().toString(),
        frames,
        request.justification(),
        request.demands().stream().map(RequestTables::ground).collect(Collectors.joining("\n")),
        request.planInWords(),
        request.question(),
        kept.evidence(),
        decides
            ? earlier.computeIfAbsent(
                request.key().principal() + " of " + frames,
                same -> GivenAnswers.lines(given.before(request, policies, principal)))
            : "",
        decides ? votes(request) : "",
        request.reason().orElse(""),
        decidesAll ? ResultName.shown(request.resultHash()).orElse(null) : null,
        kept.rows(),
        String.join("; ", MissingVotes.of(request)));
  }

  private static String ground(Demand demand) {
    return "frame " + demand.frame() + ": " + String.join("; ", demand.grounds());
  }

  private static String votes(ApprovalRequest request) {
    return request.votes().stream()
        .map(
            (Vote vote) ->
                "%s %s for %s%s"
                    .formatted(
                        vote.decider(),
                        vote.approves() ? "agrees" : "does not agree",
                        vote.frame(),
                        vote.comment().isBlank() ? "" : ": " + vote.comment()))
        .collect(Collectors.joining("\n"));
  }

  /** Only of what is still to be decided: reading it costs the stored result. */
  private KeptResult kept(ApprovalRequest request) {
    return request.state() == RequestState.PENDING
        ? KeptResult.of(request, stored)
        : KeptResult.NOTHING;
  }

  private Optional<LogicalPlan> preview(String id, Principal principal) {
    return durable
        .at(() -> durable.desk().find(id))
        .filter(request -> OwnerDesk.isEntitled(request, principal))
        .map(
            request -> {
              ArtifactContent content = stored.read(request.artifactId(), request.resultHash());
              OwnerDesk.requireRows(content);
              return Stored.relation(content);
            });
  }
}
