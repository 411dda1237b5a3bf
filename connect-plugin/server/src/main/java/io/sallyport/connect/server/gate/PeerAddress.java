package io.sallyport.connect.server.gate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.sparkproject.connect.grpc.Grpc;
import org.sparkproject.connect.grpc.ServerCall;

/** Where calls and connections come from. Behind a proxy that is the proxy. */
public final class PeerAddress {

  private static final int NETWORK_BYTES = 8;

  private PeerAddress() {}

  /** The address; of IPv6 the network of 64 bits, in which one machine has any number. */
  static String of(ServerCall<?, ?> call) {
    Object peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return peer instanceof InetSocketAddress socket && socket.getAddress() != null
        ? of(socket.getAddress())
        : String.valueOf(peer);
  }

  /** The same of an address. */
  public static String of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] network = address.getAddress();
    Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Sixteen bytes are an address", e);
    }
  }
}
