package io.sallyport.connect.cli.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a name or an address; an IPv6 address stands in brackets
 * @param port its port
 */
public record ServerAddress(String host, int port) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:sc://)?(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]):(?<port>[0-9]{1,5})/?");

  /**
   * @throws IllegalArgumentException when the port is none
   */
  public ServerAddress {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("A port is from 1 to 65535. Provided value: " + port);
    }
  }

  /**
   * Reads {@code sc://HOST:PORT} or {@code HOST:PORT}, as the server prints it. Options of a
   * connection string are refused: the program sets them itself.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static ServerAddress of(String text) {
    Matcher address = TEXT.matcher(text.strip());
    if (!address.matches()) {
      throw new IllegalArgumentException("A server is sc://HOST:PORT, without anything after it");
    }
    return new ServerAddress(address.group("host"), Integer.parseInt(address.group("port")));
  }

  @Override
  public String toString() {
    return "sc://" + host + ":" + port;
  }
}
