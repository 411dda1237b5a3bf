package io.sallyport.connect.cli.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Whether a server is there and is who it says: Spark's client would try for ten minutes. */
final class Reach {
  private static final int MILLIS = 5000;

  private Reach() {}

  /**
   * Makes a TLS connection and ends it.
   *
   * @throws ServerException when nothing listens there, or what does is not trusted
   */
  static void require(ServerAddress address) {
    String host = address.host().replaceAll("[\\[\\]]", "");
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, address.port()), MILLIS);
      plain.setSoTimeout(MILLIS);
      handshake(plain, host, address.port());
    } catch (SSLException e) {
      throw new ServerException(
          "The server at "
              + address
              + " cannot show that it is itself. Does Java know its certificate's authority, or"
              + " --truststore? ("
              + e.getMessage()
              + ")",
          e);
    } catch (IOException e) {
      throw new ServerException("Nothing answers at " + address, e);
    }
  }

  private static void handshake(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket secure = (SSLSocket) factory.createSocket(plain, host, port, false)) {
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(new String[] {"h2"});
      secure.setSSLParameters(parameters);
      secure.startHandshake();
    }
  }
}
