package io.sallyport.policy.settings;

import static java.util.Objects.requireNonNull;

/**
 * One setting as it was written. The value may be secret and is never printed.
 *
 * @param key the full key, for example {@code spark.sallyport.public}
 * @param value the value's text
 * @param place where it was written, for example {@code Spark conf} or {@code policies.yaml, line
 *     12}
 */
public record Setting(String key, String value, String place) {
  public Setting {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    requireNonNull(place, "place");
  }

  @Override
  public String toString() {
    return "Setting[" + key + " (" + place + ")]";
  }
}
