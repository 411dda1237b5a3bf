package io.sallyport.policy.store;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * Where the database is and who the server is to it.
 *
 * @param url {@code jdbc:h2:file:...} or {@code jdbc:postgresql:...}; never holds the password
 * @param user the database's user
 * @param password never printed
 */
public record StoreTerms(String url, Optional<String> user, Optional<String> password) {
  private static final String H2 = "jdbc:h2:file:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /**
   * @throws IllegalArgumentException when the URL is of another database, or holds a password; the
   *     text never quotes it
   */
  public StoreTerms {
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    if (!isSupported(url)) {
      throw new IllegalArgumentException(
          "The store's URL must begin with " + H2 + " or " + POSTGRESQL);
    }
    if (holdsPassword(url)) {
      throw new IllegalArgumentException("The store's URL must not hold a password");
    }
  }

  /** Whether the URL is one of a database that can be the store. */
  public static boolean isSupported(String url) {
    return url.startsWith(H2) || url.startsWith(POSTGRESQL);
  }

  /** Whether a password stands in the URL, where logs and errors would show it. */
  public static boolean holdsPassword(String url) {
    return url.toLowerCase(Locale.ROOT).contains("password=");
  }

  /** Where H2 keeps its file, without its suffix. */
  String h2File() {
    String path = url.substring(H2.length());
    int settings = path.indexOf(';');
    String file = settings < 0 ? path : path.substring(0, settings);
    return file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file;
  }

  boolean isPostgresql() {
    return url.startsWith(POSTGRESQL);
  }

  @Override
  public String toString() {
    return "StoreTerms[" + url + "]";
  }
}
