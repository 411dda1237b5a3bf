package io.sallyport.connect.desk.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request of a browser and its one answer, which always says what browsers must not do. */
final class Call {
  private static final int MOST_BODY = 64 * 1024;
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127[.]0[.]0[.]1|\\[::1\\])(?::[0-9]{1,5})?");

  private final HttpExchange exchange;
  private final boolean isSecure;

  Call(HttpExchange exchange, boolean isSecure) {
    this.exchange = exchange;
    this.isSecure = isSecure;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    return exchange.getRequestURI().getPath();
  }

  /** Path and query, to come back to. */
  String target() {
    String query = exchange.getRequestURI().getRawQuery();
    return exchange.getRequestURI().getRawPath() + (query == null ? "" : "?" + query);
  }

  HttpExchange exchange() {
    return exchange;
  }

  Parameters query() {
    return Parameters.of(exchange.getRequestURI().getRawQuery());
  }

  /** The form; empty when there is none, or it is too large. */
  Optional<Parameters> form() throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      byte[] bytes = body.readNBytes(MOST_BODY + 1);
      return bytes.length > MOST_BODY
          ? Optional.empty()
          : Optional.of(Parameters.of(new String(bytes, StandardCharsets.UTF_8)));
    }
  }

  /**
   * Whether the request is for us by name: in plain text we are this machine only, and whoever came
   * by another name was led here by somebody's name server.
   */
  boolean isForUs() {
    String host = header("Host").orElse("");
    return isSecure ? !host.isEmpty() : LOOPBACK.matcher(host).matches();
  }

  /** Whether no other site's page sent it, as far as the browser tells. */
  boolean isOfOurPages() {
    Optional<String> site = header("Sec-Fetch-Site");
    Optional<String> origin = header("Origin");
    String own = (isSecure ? "https://" : "http://") + header("Host").orElse("");
    return site.filter(s -> !s.equals("same-origin") && !s.equals("none")).isEmpty()
        && origin.filter(o -> !o.equalsIgnoreCase(own)).isEmpty();
  }

  private Optional<String> header(String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    return values == null || values.size() != 1 ? Optional.empty() : Optional.of(values.get(0));
  }

  /** The secret of the session; empty when there is none. */
  String secret() {
    Pattern own = Pattern.compile("(?:^|;\\s*)" + cookieName() + "=([A-Za-z0-9_-]{1,100})");
    for (String line : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      Matcher cookie = own.matcher(line);
      if (cookie.find()) {
        return cookie.group(1);
      }
    }
    return "";
  }

  /** Gives the browser a session, or takes it away when the secret is empty. */
  void setSecret(String secret) {
    exchange
        .getResponseHeaders()
        .add(
            "Set-Cookie",
            cookieName()
                + "="
                + secret
                + "; Path=/; HttpOnly; SameSite=Strict"
                + (isSecure ? "; Secure" : "")
                + (secret.isEmpty() ? "; Max-Age=0" : ""));
  }

  /** With this prefix, no other port or site can set it. Browsers want TLS for it. */
  private String cookieName() {
    return isSecure ? "__Host-sallyport" : "sallyport-desk";
  }

  void page(int status, String html) throws IOException {
    answer(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), "no-store");
  }

  void file(String type, String text) throws IOException {
    answer(200, type, text.getBytes(StandardCharsets.UTF_8), "max-age=300");
  }

  void redirect(String path) throws IOException {
    exchange.getResponseHeaders().set("Location", path);
    answer(303, "text/plain; charset=utf-8", new byte[0], "no-store");
  }

  private void answer(int status, String type, byte[] bytes, String caching) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", caching);
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (isSecure) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    boolean isHead = method().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead || bytes.length == 0 ? -1 : bytes.length);
    if (!isHead && bytes.length > 0) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(bytes);
      }
    }
    exchange.close();
  }
}
