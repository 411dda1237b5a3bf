package io.sallyport.connect.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium of this machine and one page of it, by the DevTools protocol: no library and
 * no download between a test and the browser.
 */
final class Chromium implements AutoCloseable, WebSocket.Listener {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path profile;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;

  /** What the page complained of: errors of scripts and what its own policy kept out. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  private Chromium(Process process, Path profile) {
    this.process = process;
    this.profile = profile;
  }

  /** The browser's program, where there is one. */
  static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of("chromium-headless-shell", "chromium", "google-chrome")
        .flatMap(name -> Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium open(Path program) throws Exception {
    Path profile = Files.createTempDirectory("chromium");
    List<String> command =
        List.of(
            program.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            "--user-data-dir=" + profile,
            "--remote-debugging-port=0",
            "about:blank");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Chromium browser = new Chromium(process, profile);
    URI address = browser.address();
    browser.attach(address);
    return browser;
  }

  private URI address() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread reader = new Thread(() -> out.lines().forEach(rest -> {}), "chromium-output");
        reader.setDaemon(true);
        reader.start();
        return URI.create(listening.group(1));
      }
    }
    throw new IOException("Chromium did not start: " + lines);
  }

  private void attach(URI browser) throws Exception {
    URI list = URI.create("http://" + browser.getAuthority() + "/json/list");
    JsonNode pages =
        MAPPER.readTree(
            client
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    String page = pages.get(0).path("webSocketDebuggerUrl").asText();
    socket = client.newWebSocketBuilder().buildAsync(URI.create(page), this).get();
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    call("Network.enable", Map.of());
  }

  /** Calls a method of the protocol. */
  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = MAPPER.createObjectNode();
    message.put("id", id).put("method", method).set("params", MAPPER.valueToTree(parameters));
    socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode result = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (result.has("error")) {
      throw new IllegalStateException(method + ": " + result.get("error"));
    }
    return result.path("result");
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      try {
        take(MAPPER.readTree(part.toString()));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } finally {
        part.setLength(0);
      }
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  private void take(JsonNode message) {
    if (message.has("id")) {
      Optional.ofNullable(waiting.remove(message.get("id").asInt()))
          .ifPresent(answer -> answer.complete(message));
    } else if (message.path("method").asText().equals("Runtime.exceptionThrown")
        || message.path("params").path("entry").path("level").asText().equals("error")) {
      complaints.add(message.path("params").toString());
    }
  }

  /** A window of this size. */
  void size(int width, int height) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  void go(URI address) throws Exception {
    call("Page.navigate", Map.of("url", address.toString()));
    until("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** What an expression of the page is, as text. */
  String eval(String expression) throws Exception {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      return "threw " + result.get("exceptionDetails");
    }
    return result.path("result").path("value").asText();
  }

  /** Waits until an expression is true. */
  void until(String expression) throws Exception {
    Instant end = Instant.now().plusSeconds(PATIENCE_SECONDS);
    while (Instant.now().isBefore(end)) {
      if (eval(expression).equals("true")) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(
        "Never: " + expression + "\non " + eval("location.href + document.body.innerText"));
  }

  /** Types a text where the keyboard's focus is. */
  void type(String text) throws Exception {
    call("Input.insertText", Map.of("text", text));
  }

  /** Presses one key, as a person does. */
  void press(String key) throws Exception {
    boolean isEnter = key.equals("Enter");
    Map<String, ?> down =
        isEnter
            ? Map.of(
                "type",
                "keyDown",
                "key",
                key,
                "code",
                key,
                "text",
                "\r",
                "windowsVirtualKeyCode",
                13)
            : Map.of("type", "keyDown", "key", key, "text", key);
    call("Input.dispatchKeyEvent", down);
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  /** The window as PNG. */
  byte[] picture() throws Exception {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    Process ended = process.destroyForcibly().onExit().join();
    if (ended.isAlive()) {
      throw new IOException("Chromium does not end");
    }
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
