package io.sallyport.connect.desk.http;

import java.util.Map;

/**
 * What the JDK's HTTP server takes from one client: seconds, headers and connections. It reads them
 * once, when the first server of this JVM is made, so that whoever makes one sets them before.
 */
public final class HttpBounds {

  private static final Map<String, String> BOUNDS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "30",
          "sun.net.httpserver.idleInterval", "15",
          "sun.net.httpserver.maxReqHeaders", "60",
          "jdk.httpserver.maxConnections", "200");

  private HttpBounds() {}

  /** Sets them; what an operator has set stays. */
  public static void set() {
    BOUNDS.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
  }
}
