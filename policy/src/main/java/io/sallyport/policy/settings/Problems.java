package io.sallyport.policy.settings;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong, gathered so that it can be told at once. Never given a secret. */
final class Problems {
  private static final int MAX_TEXT = 1_000;

  private final List<String> texts = new ArrayList<>();

  void add(Setting setting, String problem, String valid) {
    add(setting.key(), setting.place(), problem, valid);
  }

  void add(String key, String place, String problem, String valid) {
    String text = key + " (" + place + "): " + problem + ". Valid: " + valid;
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ");
    texts.add(line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...");
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  List<String> texts() {
    return List.copyOf(texts);
  }
}
