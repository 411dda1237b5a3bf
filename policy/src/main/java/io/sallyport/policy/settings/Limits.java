package io.sallyport.policy.settings;

import java.util.Map;

/**
 * How much one analyst, and all together, may ask of the server. Each is at least 1 and bounded.
 *
 * @param sessionsPerPrincipal open sessions of one principal
 * @param sessions open sessions of all
 * @param operationsPerPrincipal operations and analyses under way for one principal at once
 * @param operations operations and analyses under way at once
 * @param idleMinutes after how many minutes a session ends in which nothing runs or waits
 * @param connectionsPerAddress connections that one address has at once to our own server; of IPv6,
 *     one network of 64 bits
 * @param connections connections that all have at once to our own server
 * @param planBytes bytes of one plan
 * @param planDepth messages inside each other in one plan
 * @param planNodes messages in one plan
 * @param sqlBytes bytes of one SQL text
 * @param literalBytes bytes of one literal
 * @param localRows rows of data that a plan brings along
 * @param localBytes bytes of data that a plan brings along
 * @param resultRows rows of one result
 * @param resultBytes bytes of one result
 * @param heldRows rows of one noisy result that the driver holds in its memory; of more, it has
 *     only some there at a time
 * @param secondsPerQuery how long one question may take
 * @param secondsPerHour how long all that one principal asks within an hour may take together, with
 *     looking at it and planning it
 * @param releaseGridMillis what becomes of a question about governed data is told after a multiple
 *     of so many milliseconds
 * @param runningPerPrincipal questions of one principal that run at once; more of them wait
 * @param running questions that run at once; more wait, of those who have fewest running the
 *     longest
 * @param secondsPerAnalysis how long one analysis may take, and may wait for others
 * @param recordedPerMinute refusals of one principal that are on record one by one within a minute,
 *     and plans described and questions explained; further ones are counted
 */
public record Limits(
    int sessionsPerPrincipal,
    int sessions,
    int operationsPerPrincipal,
    int operations,
    int idleMinutes,
    int connectionsPerAddress,
    int connections,
    int planBytes,
    int planDepth,
    int planNodes,
    int sqlBytes,
    int literalBytes,
    int localRows,
    int localBytes,
    int resultRows,
    long resultBytes,
    int heldRows,
    int secondsPerQuery,
    int secondsPerHour,
    int releaseGridMillis,
    int runningPerPrincipal,
    int running,
    int secondsPerAnalysis,
    int recordedPerMinute) {

  /**
   * @throws IllegalArgumentException when a limit is out of its range
   */
  public Limits {
    require(Limit.SESSIONS_PER_PRINCIPAL, sessionsPerPrincipal);
    require(Limit.SESSIONS, sessions);
    require(Limit.OPERATIONS_PER_PRINCIPAL, operationsPerPrincipal);
    require(Limit.OPERATIONS, operations);
    require(Limit.IDLE_MINUTES, idleMinutes);
    require(Limit.CONNECTIONS_PER_ADDRESS, connectionsPerAddress);
    require(Limit.CONNECTIONS, connections);
    require(Limit.PLAN_BYTES, planBytes);
    require(Limit.PLAN_DEPTH, planDepth);
    require(Limit.PLAN_NODES, planNodes);
    require(Limit.SQL_BYTES, sqlBytes);
    require(Limit.LITERAL_BYTES, literalBytes);
    require(Limit.LOCAL_ROWS, localRows);
    require(Limit.LOCAL_BYTES, localBytes);
    require(Limit.RESULT_ROWS, resultRows);
    require(Limit.RESULT_BYTES, resultBytes);
    require(Limit.HELD_ROWS, heldRows);
    require(Limit.SECONDS_PER_QUERY, secondsPerQuery);
    require(Limit.SECONDS_PER_HOUR, secondsPerHour);
    require(Limit.RELEASE_GRID_MILLIS, releaseGridMillis);
    require(Limit.RUNNING_PER_PRINCIPAL, runningPerPrincipal);
    require(Limit.RUNNING, running);
    require(Limit.SECONDS_PER_ANALYSIS, secondsPerAnalysis);
    require(Limit.RECORDED_PER_MINUTE, recordedPerMinute);
  }

  /** The limits of a server whose operator says nothing. */
  public static Limits defaults() {
    return of(Map.of());
  }

  static Limits of(Map<Limit, Long> given) {
    return new Limits(
        value(given, Limit.SESSIONS_PER_PRINCIPAL),
        value(given, Limit.SESSIONS),
        value(given, Limit.OPERATIONS_PER_PRINCIPAL),
        value(given, Limit.OPERATIONS),
        value(given, Limit.IDLE_MINUTES),
        value(given, Limit.CONNECTIONS_PER_ADDRESS),
        value(given, Limit.CONNECTIONS),
        value(given, Limit.PLAN_BYTES),
        value(given, Limit.PLAN_DEPTH),
        value(given, Limit.PLAN_NODES),
        value(given, Limit.SQL_BYTES),
        value(given, Limit.LITERAL_BYTES),
        value(given, Limit.LOCAL_ROWS),
        value(given, Limit.LOCAL_BYTES),
        value(given, Limit.RESULT_ROWS),
        Limit.RESULT_BYTES.in(given),
        value(given, Limit.HELD_ROWS),
        value(given, Limit.SECONDS_PER_QUERY),
        value(given, Limit.SECONDS_PER_HOUR),
        value(given, Limit.RELEASE_GRID_MILLIS),
        value(given, Limit.RUNNING_PER_PRINCIPAL),
        value(given, Limit.RUNNING),
        value(given, Limit.SECONDS_PER_ANALYSIS),
        value(given, Limit.RECORDED_PER_MINUTE));
  }

  private static int value(Map<Limit, Long> given, Limit limit) {
    return Math.toIntExact(limit.in(given));
  }

  private static void require(Limit limit, long value) {
    if (!limit.allows(value)) {
      throw new IllegalArgumentException(
          "Limit %s must be %s. Provided value: %d".formatted(limit.key(), limit.valid(), value));
    }
  }
}
