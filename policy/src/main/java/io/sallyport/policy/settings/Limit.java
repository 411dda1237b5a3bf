package io.sallyport.policy.settings;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Every limit below {@code spark.sallyport.limit.}: its key, its default and the most it may be.
 */
enum Limit {
  SESSIONS_PER_PRINCIPAL("sessions-per-principal", 8, 10_000),
  SESSIONS("sessions", 200, 100_000),
  OPERATIONS_PER_PRINCIPAL("operations-per-principal", 4, 10_000),
  OPERATIONS("operations", 32, 100_000),
  IDLE_MINUTES("idle-minutes", 10, 10_080),
  CONNECTIONS_PER_ADDRESS("connections-per-address", 256, 100_000),
  CONNECTIONS("connections", 1_000, 100_000),
  PLAN_BYTES("plan-bytes", 1 << 20, 64 << 20),
  PLAN_DEPTH("plan-depth", 100, 1_000),
  PLAN_NODES("plan-nodes", 5_000, 1_000_000),
  SQL_BYTES("sql-bytes", 64 << 10, 16 << 20),
  LITERAL_BYTES("literal-bytes", 4 << 10, 1 << 20),
  LOCAL_ROWS("local-rows", 10_000, 1_000_000),
  LOCAL_BYTES("local-bytes", 1 << 20, 64 << 20),
  RESULT_ROWS("result-rows", 100_000, 100_000_000),
  RESULT_BYTES("result-bytes", 32L << 20, 1L << 40),
  HELD_ROWS("held-rows", 1_000_000, 10_000_000),
  SECONDS_PER_QUERY("seconds-per-query", 600, 86_400),
  SECONDS_PER_HOUR("seconds-per-hour", 3_600, 86_400_000),
  RELEASE_GRID_MILLIS("release-grid-millis", 1, 60_000),
  RUNNING_PER_PRINCIPAL("running-per-principal", 2, 10_000),
  RUNNING("running", 8, 100_000),
  SECONDS_PER_ANALYSIS("seconds-per-analysis", 60, 86_400),
  RECORDED_PER_MINUTE("recorded-per-minute", 60, 100_000),
  REQUESTS_PER_PRINCIPAL("requests-per-principal", 20, 10_000),
  ARTIFACTS_PER_PRINCIPAL("artifacts-per-principal", 1_000, 1_000_000),
  ARTIFACT_BYTES_PER_PRINCIPAL("artifact-bytes-per-principal", 256L << 20, 1L << 40);

  private final String key;
  private final long usual;
  private final long most;

  Limit(String key, long usual, long most) {
    this.key = key;
    this.usual = usual;
    this.most = most;
  }

  static Optional<Limit> of(String key) {
    return Arrays.stream(values()).filter(limit -> limit.key.equals(key)).findFirst();
  }

  /** What is given, or else the usual. */
  long in(Map<Limit, Long> given) {
    return given.getOrDefault(this, usual);
  }

  String key() {
    return key;
  }

  long usual() {
    return usual;
  }

  boolean allows(long value) {
    return value >= 1 && value <= most;
  }

  String valid() {
    return "a whole number from 1 to " + most;
  }
}
