package io.sallyport.connect.server.server;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket that the server listens on. A connection for which there is no place is closed before
 * a byte of it is read, so that neither handshakes nor half-open connections take anything from
 * others.
 */
final class BoundedServerChannel extends NioServerSocketChannel {

  private static final Logger LOG = LoggerFactory.getLogger(BoundedServerChannel.class);

  private final Connections connections;

  BoundedServerChannel(Connections connections) {
    this.connections = connections;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int before = accepted.size();
    int read = super.doReadMessages(accepted);
    if (accepted.size() > before && accepted.get(before) instanceof Channel channel) {
      if (Connection.of(channel).filter(connections::admit).isEmpty()) {
        LOG.debug("One more connection than may be, from {}", channel.remoteAddress());
        accepted.remove(before);
        channel.unsafe().closeForcibly();
        return 0;
      }
    }
    return read;
  }
}
