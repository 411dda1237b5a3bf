package io.sallyport.policy.request;

import io.sallyport.policy.principal.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the desk promises, in the simplest way: one thread, one map, no store. Each operation yields
 * what a caller is told: a state, or the kind of a refusal.
 */
final class ModelDesk {
  static final int MOST_OPEN = 3;
  static final ApprovalTerms TERMS =
      new ApprovalTerms(Duration.ofDays(7), Duration.ofDays(30), MOST_OPEN, 1_000, 1L << 28);

  private final ManualClock clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  ModelDesk(ManualClock clock) {
    this.clock = clock;
  }

  /** One request. */
  static final class Entry {
    QuestionKey key;
    String justification;
    List<Demand> demands;
    String artifactId;
    RequestState state = RequestState.PENDING;
    Optional<String> reason = Optional.empty();
    List<Vote> votes = new ArrayList<>();
    Instant expiresAt;
    Instant artifactEnd;
    boolean artifactDeleted;
  }

  Map<String, Entry> entries() {
    expire();
    return entries;
  }

  /** What filing yields: nothing when a new request is to be filed, else what is told. */
  Optional<String> beforeFiling(NewRequest request) {
    expire();
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (entry.state.isOpen() && entry.key.equals(request.key())) {
        String why = request.justification();
        if (entry.state == RequestState.RETURNED
            && !why.isBlank()
            && !why.equals(entry.justification)) {
          begin(entry, why);
        }
        return Optional.of(each.getKey() + " " + entry.state);
      }
    }
    long open =
        entries.values().stream()
            .filter(entry -> entry.state.isOpen())
            .filter(entry -> entry.key.principal().equals(request.key().principal()))
            .filter(entry -> !entry.key.planHash().equals(request.key().planHash()))
            .count();
    return open >= MOST_OPEN ? Optional.of("LIMIT") : Optional.empty();
  }

  void filed(String id, NewRequest request) {
    for (Entry entry : entries.values()) {
      if (entry.state.isOpen()
          && entry.key.principal().equals(request.key().principal())
          && entry.key.planHash().equals(request.key().planHash())) {
        entry.state = RequestState.EXPIRED;
        entry.reason = Optional.of("superseded by request " + id);
      }
    }
    Entry entry = new Entry();
    entry.key = request.key();
    entry.justification = request.justification();
    entry.demands = request.demands();
    entry.artifactId = request.artifact().id();
    entry.expiresAt = clock.instant().plus(TERMS.requestsLive());
    entry.artifactEnd =
        entry.expiresAt.isAfter(request.artifact().expiresAt())
            ? entry.expiresAt
            : request.artifact().expiresAt();
    entries.put(id, entry);
  }

  String approve(String id, Principal decider) {
    return decide(
        id,
        decider,
        entry -> {
          boolean voted = false;
          for (Demand demand : entry.demands) {
            boolean has =
                entry.votes.stream()
                    .anyMatch(
                        vote ->
                            vote.frame().equals(demand.frame())
                                && vote.decider().equals(decider.name()));
            if (demand.mayBeDecidedBy(decider) && !has) {
              entry.votes.add(vote(demand, decider, true, ""));
              voted = true;
            }
          }
          if (!voted) {
            throw new DeskException(DeskException.Kind.ALREADY_VOTED, "", "");
          }
          boolean carried =
              entry.demands.stream()
                  .allMatch(
                      demand ->
                          entry.votes.stream()
                                  .filter(vote -> vote.frame().equals(demand.frame()))
                                  .count()
                              >= demand.votesNeeded());
          if (carried) {
            entry.state = RequestState.APPROVED;
            entry.reason = Optional.empty();
            entry.artifactEnd = clock.instant().plus(TERMS.artifactsLive());
          }
        });
  }

  String reject(String id, Principal decider, String reason) {
    return decide(
        id,
        decider,
        entry -> {
          for (Demand demand : entry.demands) {
            if (demand.mayBeDecidedBy(decider)) {
              entry.votes.removeIf(
                  vote ->
                      vote.frame().equals(demand.frame()) && vote.decider().equals(decider.name()));
              entry.votes.add(vote(demand, decider, false, reason));
            }
          }
          entry.state = RequestState.REJECTED;
          entry.reason = Optional.of(reason);
        });
  }

  String giveBack(String id, Principal decider, String comment) {
    return decide(
        id,
        decider,
        entry -> {
          entry.state = RequestState.RETURNED;
          entry.reason = Optional.of(comment);
        });
  }

  String withdraw(String id, Principal requester) {
    return mine(
        id,
        requester,
        entry -> {
          entry.state = RequestState.WITHDRAWN;
          entry.reason = Optional.empty();
        });
  }

  String justify(String id, Principal requester, String justification) {
    return mine(
        id,
        requester,
        entry -> {
          if (entry.state == RequestState.RETURNED || !entry.justification.equals(justification)) {
            begin(entry, justification);
          }
        });
  }

  String rejudged(String id, String terms, List<Demand> demands) {
    return open(
        id,
        entry -> {
          if (!entry.key.termsVersion().equals(terms) || !entry.demands.equals(demands)) {
            QuestionKey key = entry.key;
            entry.key = new QuestionKey(key.principal(), key.planHash(), terms, key.dataVersion());
            entry.demands = demands;
            entry.votes.clear();
          }
        });
  }

  String closeByPolicy(String id, RequestState state, String reason) {
    return open(
        id,
        entry -> {
          entry.state = state;
          entry.reason = Optional.of(reason);
        });
  }

  String deleteArtifact(String id, Principal principal) {
    expire();
    Entry entry = entries.get(id);
    boolean has =
        entry.key.principal().equals(principal.name())
            && !entry.artifactDeleted
            && clock.instant().isBefore(entry.artifactEnd);
    if (has && (entry.state.isOpen() || entry.state == RequestState.APPROVED)) {
      return "NOT_ENTITLED";
    }
    entry.artifactDeleted |= has;
    return Boolean.toString(has);
  }

  private String decide(String id, Principal decider, Consumer<Entry> decision) {
    expire();
    Entry entry = entries.get(id);
    if (entry.key.principal().equals(decider.name())) {
      return "OWN_REQUEST";
    }
    if (entry.demands.stream().noneMatch(demand -> demand.mayBeDecidedBy(decider))) {
      return "NOT_ENTITLED";
    }
    return open(id, decision);
  }

  private String mine(String id, Principal requester, Consumer<Entry> change) {
    return entries.get(id).key.principal().equals(requester.name())
        ? open(id, change)
        : "NOT_ENTITLED";
  }

  private String open(String id, Consumer<Entry> change) {
    expire();
    Entry entry = entries.get(id);
    if (!entry.state.isOpen()) {
      return "NOT_OPEN";
    }
    try {
      change.accept(entry);
      return entry.state.name();
    } catch (DeskException e) {
      return e.kind().name();
    }
  }

  private static void begin(Entry entry, String justification) {
    entry.state = RequestState.PENDING;
    entry.reason = Optional.empty();
    entry.votes.clear();
    entry.justification = justification;
  }

  private Vote vote(Demand demand, Principal decider, boolean approves, String comment) {
    return new Vote(demand.frame(), decider.name(), approves, comment, clock.instant());
  }

  private void expire() {
    for (Entry entry : entries.values()) {
      if (entry.state.isOpen() && !clock.instant().isBefore(entry.expiresAt)) {
        entry.state = RequestState.EXPIRED;
        entry.reason = Optional.of("nobody decided in time");
      }
    }
  }
}
