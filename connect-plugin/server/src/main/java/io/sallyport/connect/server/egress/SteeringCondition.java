package io.sallyport.connect.server.egress;

import java.util.Arrays;
import java.util.Optional;

/**
 * The conditions by which Spark Connect clients decide to retry, reattach or give up. They tell of
 * sessions and operations, not of data; clients look for the names in the text.
 */
enum SteeringCondition {
  SESSION_NOT_FOUND("INVALID_HANDLE.SESSION_NOT_FOUND", "This session is not open here."),
  SESSION_CLOSED(
      "INVALID_HANDLE.SESSION_CLOSED",
      "This session was closed, or was idle for too long; open a new session."),
  SESSION_CHANGED(
      "INVALID_HANDLE.SESSION_CHANGED",
      "The server's side of this session was replaced; open a new session."),
  OPERATION_NOT_FOUND("INVALID_HANDLE.OPERATION_NOT_FOUND", "There is no such operation."),
  OPERATION_ABANDONED(
      "INVALID_HANDLE.OPERATION_ABANDONED",
      "This operation has ended and its result is no longer kept."),
  OPERATION_ALREADY_EXISTS(
      "INVALID_HANDLE.OPERATION_ALREADY_EXISTS",
      "There is another operation under this id already."),
  CURSOR_DISCONNECTED(
      "INVALID_CURSOR.DISCONNECTED", "Another call has taken over this operation's results."),
  CURSOR_POSITION_NOT_FOUND(
      "INVALID_CURSOR.POSITION_NOT_FOUND", "This operation has no such response."),
  CURSOR_POSITION_NOT_AVAILABLE(
      "INVALID_CURSOR.POSITION_NOT_AVAILABLE", "This response is no longer kept."),
  CURSOR_NOT_REATTACHABLE(
      "INVALID_CURSOR.NOT_REATTACHABLE", "This operation cannot be reattached to."),
  OPERATION_CANCELED("OPERATION_CANCELED", "This operation was cancelled.");

  private final String condition;
  private final String text;

  SteeringCondition(String condition, String text) {
    this.condition = condition;
    this.text = "[" + condition + "] " + text;
  }

  static Optional<SteeringCondition> of(String condition) {
    return Arrays.stream(values()).filter(known -> known.condition.equals(condition)).findFirst();
  }

  String condition() {
    return condition;
  }

  String text() {
    return text;
  }
}
