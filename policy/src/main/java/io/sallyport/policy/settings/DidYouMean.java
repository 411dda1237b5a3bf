package io.sallyport.policy.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The valid word that a mistyped one was probably meant to be. */
final class DidYouMean {
  private static final int MAX_LENGTH = 64;

  private DidYouMean() {}

  /** {@code , did you mean 'x'?}, or nothing when no valid word is near. */
  static String hint(String word, Collection<String> valid) {
    return nearest(word, valid).map(near -> ", did you mean '" + near + "'").orElse("");
  }

  private static Optional<String> nearest(String word, Collection<String> valid) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String plain = plain(word);
    return valid.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= tolerance(candidate))
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
  }

  private static int tolerance(String candidate) {
    return Math.max(1, candidate.length() / 3);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** How many letters must be put in, taken out or changed (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
