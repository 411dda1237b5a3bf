package io.sallyport.policy.settings;

import io.sallyport.policy.request.ApprovalTerms;
import io.sallyport.policy.store.StoreTerms;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The settings of all that outlives a query. Their values may be secret and are never printed. */
final class DurableSettings {
  private static final int USUAL_APPROVAL_DAYS = 7;
  private static final int MOST_APPROVAL_DAYS = 90;
  private static final int USUAL_ARTIFACTS_DAYS = 30;
  private static final int MOST_ARTIFACTS_DAYS = 365;
  private static final int USUAL_RELOAD_SECONDS = 10;
  private static final int MOST_RELOAD_SECONDS = 3600;
  private static final int MAX_PASSWORD_BYTES = 4096;
  private static final String VALID_URL =
      "jdbc:h2:file:<path> or jdbc:postgresql://<host>/<database>, without a password";

  private final Function<String, Optional<Setting>> settings;
  private final Problems problems;

  DurableSettings(Function<String, Optional<Setting>> settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  Durable durable(Path directory, Map<Limit, Long> limits) {
    return new Durable(
        new StoreTerms(
            url(directory), settings.apply(Keys.STORE_USER).map(Setting::value), password()),
        artifactsPath(directory),
        keyFile(directory),
        new ApprovalTerms(
            Duration.ofDays(number(Keys.APPROVAL_DAYS, 1, USUAL_APPROVAL_DAYS, MOST_APPROVAL_DAYS)),
            Duration.ofDays(
                number(Keys.ARTIFACTS_DAYS, 1, USUAL_ARTIFACTS_DAYS, MOST_ARTIFACTS_DAYS)),
            Math.toIntExact(Limit.REQUESTS_PER_PRINCIPAL.in(limits)),
            Math.toIntExact(Limit.ARTIFACTS_PER_PRINCIPAL.in(limits)),
            Limit.ARTIFACT_BYTES_PER_PRINCIPAL.in(limits)),
        settings.apply(Keys.WEBHOOK).flatMap(this::webhook),
        Duration.ofSeconds(number(Keys.RELOAD, 0, USUAL_RELOAD_SECONDS, MOST_RELOAD_SECONDS)));
  }

  private String url(Path directory) {
    String usual = "jdbc:h2:file:" + directory.resolve("sallyport").toAbsolutePath();
    return settings
        .apply(Keys.STORE_URL)
        .filter(this::isUsableUrl)
        .map(Setting::value)
        .orElse(usual);
  }

  private boolean isUsableUrl(Setting setting) {
    if (!StoreTerms.isSupported(setting.value())) {
      problems.add(setting, "this is no URL of a database that can be the store", VALID_URL);
      return false;
    }
    if (StoreTerms.holdsPassword(setting.value())) {
      problems.add(
          setting,
          "a password stands in the URL, where logs would show it",
          VALID_URL + "; the password in the file that " + Keys.STORE_PASSWORD_FILE + " names");
      return false;
    }
    return true;
  }

  private Optional<String> password() {
    Optional<Setting> setting = settings.apply(Keys.STORE_PASSWORD_FILE);
    return setting
        .flatMap(named -> Values.file(named, problems))
        .flatMap(file -> password(file, setting.get()));
  }

  private Optional<String> password(Path file, Setting named) {
    try {
      if (Files.size(file) <= MAX_PASSWORD_BYTES) {
        String password = Files.readString(file).strip();
        if (!password.isEmpty() && password.lines().count() == 1) {
          return Optional.of(password);
        }
      }
    } catch (IOException e) {
      // What cannot be read or is no text is told below: the exception might quote it.
    }
    problems.add(named, "the file holds no password", "a file with one line, the password");
    return Optional.empty();
  }

  /** A path without a scheme is on this machine, whatever Hadoop's usual file system is. */
  private String artifactsPath(Path directory) {
    Optional<Setting> setting = settings.apply(Keys.ARTIFACTS_PATH);
    if (setting.isPresent() && Values.hasScheme(setting.get().value())) {
      return setting.get().value();
    }
    Path path =
        setting.flatMap(s -> Values.path(s, problems)).orElse(directory.resolve("artifacts"));
    return "file://" + path.toAbsolutePath().normalize();
  }

  private Path keyFile(Path directory) {
    return settings
        .apply(Keys.ARTIFACTS_KEY_FILE)
        .flatMap(setting -> Values.file(setting, problems))
        .orElse(directory.resolve("artifacts.key"));
  }

  private long number(String key, int least, int usual, int most) {
    return settings
        .apply(key)
        .flatMap(setting -> Values.number(setting, least, most, problems))
        .orElse((long) usual);
  }

  private Optional<URI> webhook(Setting setting) {
    try {
      URI uri = new URI(setting.value());
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isWeb && uri.getHost() != null && uri.getUserInfo() == null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // Told below: the exception quotes the value, which may be secret.
    }
    problems.add(
        setting, "this is no URL of a webhook", "http://<host>/... or https://<host>/..., no user");
    return Optional.empty();
  }
}
