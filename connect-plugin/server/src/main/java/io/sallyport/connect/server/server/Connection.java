package io.sallyport.connect.server.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.sallyport.connect.server.gate.PeerAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/** A connection to our server, and whether somebody known has called on it. */
final class Connection {

  /** Both ends; no two open connections have the same. */
  record Ends(SocketAddress remote, SocketAddress local) {}

  private final Channel channel;
  private final Ends ends;
  private final String network;
  private final long since = System.nanoTime();
  private volatile boolean isKnown;
  private volatile boolean isClosing;

  private Connection(Channel channel, Ends ends, String network) {
    this.channel = channel;
    this.ends = ends;
    this.network = network;
  }

  /** What was accepted just now; empty when it has gone already. */
  static Optional<Connection> of(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress peer
        ? Optional.of(
            new Connection(
                channel, new Ends(peer, channel.localAddress()), PeerAddress.of(peer.getAddress())))
        : Optional.empty();
  }

  Ends ends() {
    return ends;
  }

  /** Where it comes from: an address, of IPv6 a network. */
  String network() {
    return network;
  }

  /** When it came, as {@link System#nanoTime} has it. */
  long since() {
    return since;
  }

  boolean isKnown() {
    return isKnown;
  }

  /** Somebody known has called. */
  void becomesKnown() {
    isKnown = true;
  }

  /** Does something when it is closed. */
  void whenClosed(Runnable work) {
    ChannelFuture unused = channel.closeFuture().addListener(closed -> work.run());
  }

  /** Lets its calls end, and those that are on their way go elsewhere. */
  void close() {
    if (channel.isRegistered() && !isClosing) {
      isClosing = true;
      ChannelFuture unused = channel.close();
    }
  }

  /** Ends it at once, whatever is on it. */
  void cut() {
    if (channel.isRegistered()) {
      channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    } else {
      channel.unsafe().closeForcibly();
    }
  }
}
