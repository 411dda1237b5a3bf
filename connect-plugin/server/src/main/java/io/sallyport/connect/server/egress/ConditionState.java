package io.sallyport.connect.server.egress;

import io.sallyport.policy.decision.RefusalCode;
import org.sparkproject.connect.grpc.Status;

/**
 * How each kind of refusal looks to programs: a gRPC status, which says whose turn it is, and a
 * SQLSTATE of the standard's classes. Never UNAVAILABLE: stock clients would send the same question
 * again for ten minutes.
 *
 * @param status gRPC's code
 * @param sqlState five characters
 */
record ConditionState(Status status, String sqlState) {

  static ConditionState of(RefusalCode code) {
    return switch (code) {
      case UNAUTHENTICATED -> new ConditionState(Status.UNAUTHENTICATED, "28000");
      case IDENTITY_MISMATCH -> new ConditionState(Status.PERMISSION_DENIED, "42501");
      // Nobody gets these, whoever asks.
      case RPC_NOT_ALLOWED -> new ConditionState(Status.UNIMPLEMENTED, "0A000");
      case RELATION_NOT_ALLOWED,
          COMMAND_NOT_ALLOWED,
          CONF_NOT_ALLOWED,
          FUNCTION_NOT_ALLOWED,
          UDF_NOT_ALLOWED,
          EXPLAIN_NOT_ALLOWED ->
          new ConditionState(Status.PERMISSION_DENIED, "0A000");
      case SOURCE_NOT_ALLOWED -> new ConditionState(Status.PERMISSION_DENIED, "42P01");
      // What the answer would show.
      case AGG_NOT_ALLOWED,
          KEY_NOT_ALLOWED,
          PREDICATE_NOT_ALLOWED,
          RAW_OUTPUT,
          SMALL_GROUP,
          UNIT_LOST,
          UNIT_AMBIGUOUS ->
          new ConditionState(Status.PERMISSION_DENIED, "42501");
      // To be asked in another way.
      case PARAM_INVALID, MISSING_BOUNDS -> new ConditionState(Status.INVALID_ARGUMENT, "22023");
      case MAY_FAIL, NONDETERMINISTIC -> new ConditionState(Status.INVALID_ARGUMENT, "0A000");
      case LIMIT_EXCEEDED -> new ConditionState(Status.RESOURCE_EXHAUSTED, "54000");
      case BUDGET_EXHAUSTED -> new ConditionState(Status.RESOURCE_EXHAUSTED, "53000");
      // An owner's turn.
      case APPROVAL_REQUIRED, APPROVAL_REJECTED, APPROVAL_RETURNED ->
          new ConditionState(Status.FAILED_PRECONDITION, "42501");
      case APPROVAL_MISMATCH, APPROVAL_STALE ->
          new ConditionState(Status.FAILED_PRECONDITION, "55000");
      // The operator's turn.
      case STORE_UNAVAILABLE -> new ConditionState(Status.INTERNAL, "58000");
      case QUERY_FAILED -> new ConditionState(Status.INTERNAL, "XX000");
    };
  }
}
