package io.sallyport.connect.server.server;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connections that are open: so many of one network, and so many of all. One on which nobody
 * known has called is a stranger's; it has little time, and gives its place to a newcomer where
 * there is no other. Thread-safe.
 */
final class Connections {

  /** After its time a stranger's connection is closed; so much later it is cut. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final int mostPerNetwork;
  private final int most;
  private final Duration patience;
  private final Map<Connection.Ends, Connection> open = new HashMap<>();
  private final Map<String, Set<Connection>> networks = new HashMap<>(); // each in order of arrival

  /**
   * Nobody is connected.
   *
   * @param patience how long a connection may be without a call of somebody known
   */
  Connections(int mostPerNetwork, int most, Duration patience) {
    this.mostPerNetwork = mostPerNetwork;
    this.most = most;
    this.patience = patience;
  }

  /** Whether a newcomer has a place. It may be one that a stranger had. */
  synchronized boolean admit(Connection newcomer) {
    Set<Connection> own = networks.getOrDefault(newcomer.network(), Set.of());
    if (own.size() >= mostPerNetwork && !cutOldestStranger(own)) {
      return false;
    }
    if (open.size() >= most && !cutOldestStranger(strangestNetwork())) {
      return false;
    }
    open.put(newcomer.ends(), newcomer);
    networks.computeIfAbsent(newcomer.network(), network -> new LinkedHashSet<>()).add(newcomer);
    newcomer.whenClosed(() -> gone(newcomer));
    return true;
  }

  /** Somebody known has called on a connection. */
  synchronized void isKnown(Connection.Ends ends) {
    Connection connection = open.get(ends);
    if (connection != null) {
      connection.becomesKnown();
    }
  }

  /** Ends those whose time is over. Called now and then. */
  synchronized void sweep() {
    long now = System.nanoTime();
    for (Connection connection : open.values()) {
      long over = now - connection.since() - patience.toNanos();
      if (connection.isKnown() || over < 0) {
        continue;
      }
      if (over < GRACE.toNanos()) {
        connection.close();
      } else {
        connection.cut();
      }
    }
  }

  /** How many are open. */
  synchronized int size() {
    return open.size();
  }

  /** Whoever fills the server with strangers is the first to give some back. */
  private Collection<Connection> strangestNetwork() {
    return networks.values().stream()
        .max(Comparator.comparing(Connections::strangers))
        .orElse(Set.of());
  }

  private static long strangers(Collection<Connection> network) {
    return network.stream().filter(one -> !one.isKnown()).count();
  }

  private boolean cutOldestStranger(Collection<Connection> network) {
    Optional<Connection> oldest = network.stream().filter(one -> !one.isKnown()).findFirst();
    oldest.ifPresent(
        one -> {
          gone(one);
          one.cut();
        });
    return oldest.isPresent();
  }

  private synchronized void gone(Connection connection) {
    open.remove(connection.ends(), connection);
    networks.computeIfPresent(
        connection.network(),
        (network, own) -> {
          own.remove(connection);
          return own.isEmpty() ? null : own;
        });
  }
}
