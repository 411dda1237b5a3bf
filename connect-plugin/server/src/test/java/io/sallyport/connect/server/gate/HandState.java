package io.sallyport.connect.server.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What Spark holds, as a test says. */
final class HandState implements LiveState {

  final List<HeldSession> sessions = new ArrayList<>();
  final Set<OperationKey> running = new HashSet<>();
  final List<Unread> unread = new ArrayList<>();
  final List<OperationKey> leftOver = new ArrayList<>();
  final List<OperationKey> ended = new ArrayList<>();

  void session(String principal, String session, Instant lastCall, boolean hasOperations) {
    sessions.removeIf(one -> one.session().equals(session));
    sessions.add(new HeldSession(principal, session, lastCall, hasOperations));
  }

  List<String> sessionIds() {
    return sessions.stream().map(HeldSession::session).toList();
  }

  @Override
  public List<HeldSession> sessions() {
    return List.copyOf(sessions);
  }

  @Override
  public void endSession(String principal, String session) {
    sessions.removeIf(one -> one.principal().equals(principal) && one.session().equals(session));
  }

  @Override
  public Predicate<OperationKey> running() {
    return Set.copyOf(running)::contains;
  }

  @Override
  public void cancelLeftOver(OperationKey operation) {
    leftOver.add(operation);
  }

  @Override
  public void endOperation(OperationKey operation) {
    ended.add(operation);
    unread.removeIf(one -> one.operation().equals(operation));
  }

  @Override
  public List<Unread> unread(String principal) {
    return unread.stream().filter(one -> one.operation().principal().equals(principal)).toList();
  }
}
