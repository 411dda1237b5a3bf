package io.sallyport.connect.server.server;

import io.sallyport.policy.settings.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * Where the server listens, and under which identity.
 *
 * @param address host and port; port 0 takes any that is free
 * @param tls its certificate and key; without it, the address is this machine's own
 */
record Binding(InetSocketAddress address, Optional<Tls> tls) {

  private static final String ADDRESS = "spark.connect.grpc.binding.address";
  private static final String PORT = "spark.connect.grpc.binding.port";
  private static final String LOOPBACK = "127.0.0.1";
  private static final int USUAL_PORT = 15002;

  /**
   * @throws IllegalArgumentException when others could reach the address and there is no TLS: their
   *     tokens and results would go over the network in the clear
   */
  Binding {
    if (tls.isEmpty() && !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "Without TLS the server listens on this machine only. Missing lines:"
              + " spark.sallyport.tls.certificate=... and spark.sallyport.tls.key=..., or "
              + ADDRESS
              + "="
              + LOOPBACK);
    }
  }

  static Binding of(SparkConf conf, Optional<Tls> tls) {
    String host = conf.get(ADDRESS, LOOPBACK);
    try {
      InetAddress address = InetAddress.getByName(host);
      return new Binding(new InetSocketAddress(address, conf.getInt(PORT, USUAL_PORT)), tls);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(ADDRESS + " names no host of this machine: " + host, e);
    }
  }
}
