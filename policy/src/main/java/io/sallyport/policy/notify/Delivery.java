package io.sallyport.policy.notify;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One POST to a webhook, bounded in time as a whole. Never follows a redirect. */
final class Delivery {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final URI url;
  private final Duration timeout;
  private final HttpClient client;

  Delivery(URI url, Duration timeout) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || url.getHost() == null) {
      throw new IllegalArgumentException("A webhook must be an http or https URL with a host");
    }
    this.url = url;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** What went wrong, without the URL or anything that was answered; empty when nothing did. */
  String problem(String json) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "sallyport")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      // The request's own timeout ends with the headers; this one covers an endless body too.
      int status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return status >= 200 && status < 300 ? "" : "it answered " + status;
    } catch (TimeoutException e) {
      return "it did not answer in time";
    } catch (ExecutionException e) {
      return e.getCause().getClass().getSimpleName();
    } finally {
      answer.cancel(true);
    }
  }
}
