package io.sallyport.connect.client.local;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The known names that a mistyped one comes near. */
final class Nearest {

  private static final int MOST = 3;

  private Nearest() {}

  static List<String> to(String name, List<String> known) {
    int tolerance = Math.max(1, name.length() / 3);
    return known.stream()
        .distinct()
        .filter(other -> distance(name, other) <= tolerance)
        .sorted(Comparator.comparingInt(other -> distance(name, other)))
        .limit(MOST)
        .toList();
  }

  /** Levenshtein's distance, without regard to case. */
  static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
