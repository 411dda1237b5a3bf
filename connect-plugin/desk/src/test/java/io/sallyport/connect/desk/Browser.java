package io.sallyport.connect.desk;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One person's browser, without a window: keeps the cookie and reads forms. */
final class Browser {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\">");

  private final HttpClient client;
  private final URI desk;
  String cookie = "";

  Browser(URI desk) {
    this(desk, HttpClient.newBuilder());
  }

  Browser(URI desk, HttpClient.Builder client) {
    this.desk = desk;
    this.client = client.followRedirects(HttpClient.Redirect.NEVER).build();
  }

  /** Logs in with the token of this person. */
  HttpResponse<String> login(String name) throws IOException, InterruptedException {
    return loginWith(PlayedService.token(name));
  }

  HttpResponse<String> loginWith(String token) throws IOException, InterruptedException {
    return post("/login", Map.of("token", token, "next", "/"));
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(desk.resolve(path)).GET(), headers);
  }

  HttpResponse<String> post(String path, Map<String, String> form, String... headers)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(desk.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        headers);
  }

  /** Fills in and sends one of a page's forms. */
  HttpResponse<String> decide(String page, String deed, Map<String, String> fields)
      throws IOException, InterruptedException {
    String html = get(page).body();
    return send(html, page + "/" + deed, fields);
  }

  HttpResponse<String> send(String html, String action, Map<String, String> fields)
      throws IOException, InterruptedException {
    int start = html.indexOf("action=\"" + action + "\"");
    if (start < 0) {
      throw new AssertionError("No form " + action + " in " + html);
    }
    Map<String, String> form = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(html.substring(start, html.indexOf("</form>", start)));
    while (hidden.find()) {
      form.put(hidden.group(1), hidden.group(2));
    }
    form.putAll(fields);
    return post(action, form);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws IOException, InterruptedException {
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    answer
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(line -> cookie = line.substring(0, line.indexOf(';')));
    return answer;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
