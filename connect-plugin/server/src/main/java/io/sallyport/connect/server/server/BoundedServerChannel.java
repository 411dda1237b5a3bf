package io.sallyport.connect.server.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket that the server listens on. Of one address it accepts a bounded number of connections
 * at a time, and a larger number of all; what comes beyond is closed before a byte of it is read,
 * so that neither handshakes nor half-open connections take anything from others.
 */
final class BoundedServerChannel extends NioServerSocketChannel {

  private static final Logger LOG = LoggerFactory.getLogger(BoundedServerChannel.class);

  private final int mostPerAddress;
  private final int most;
  private final Map<InetAddress, Integer> open = new HashMap<>();
  private int all;

  BoundedServerChannel(int mostPerAddress, int most) {
    this.mostPerAddress = mostPerAddress;
    this.most = most;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int before = accepted.size();
    int read = super.doReadMessages(accepted);
    if (accepted.size() > before && accepted.get(before) instanceof Channel connection) {
      if (!admit(connection)) {
        accepted.remove(before);
        connection.unsafe().closeForcibly();
        return 0;
      }
    }
    return read;
  }

  private boolean admit(Channel connection) {
    if (!(connection.remoteAddress() instanceof InetSocketAddress peer)) {
      return false; // it has gone already
    }
    InetAddress address = peer.getAddress();
    synchronized (open) {
      int own = open.getOrDefault(address, 0);
      if (own >= mostPerAddress || all >= most) {
        LOG.debug("One more connection than may be from {}", address);
        return false;
      }
      open.put(address, own + 1);
      all++;
    }
    ChannelFuture unused = connection.closeFuture().addListener(closed -> release(address));
    return true;
  }

  private void release(InetAddress address) {
    synchronized (open) {
      open.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null);
      all--;
    }
  }
}
