package io.sallyport.examples.benchmark;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The frames {@code visits_by_row} and {@code visits_by_user} over one table, and the same with
 * noise as {@code noisy_by_row} and {@code noisy_by_user}.
 */
final class VisitsPolicy {

  private VisitsPolicy() {}

  static Map<String, String> over(Path table) {
    Map<String, String> settings = new HashMap<>();
    // A hundred operators one below the other are deeper than the usual limit.
    settings.put("spark.sallyport.limit.plan-depth", "1000");
    frame(settings, table, "visits_by_row", "row");
    frame(settings, table, "visits_by_user", "user_id");
    noisy(settings, table, "noisy_by_row", "row");
    noisy(settings, table, "noisy_by_user", "user_id");
    return settings;
  }

  /** The frame {@code some_visits}, by row. */
  static Map<String, String> some(Path table) {
    Map<String, String> settings = new HashMap<>();
    frame(settings, table, "some_visits", "row");
    return settings;
  }

  private static void noisy(Map<String, String> settings, Path table, String name, String unit) {
    frame(settings, table, name, unit);
    String prefix = "spark.sallyport.frame." + name + ".";
    settings.put(prefix + "automatic", "dp(epsilon = 1, delta = 1e-8, groups = 5, rows = 3)");
    settings.put(prefix + "unit-space", name);
    settings.put(prefix + "column.spend.lower", "0");
    settings.put(prefix + "column.spend.upper", "100");
    settings.put("spark.sallyport.budget." + name + ".epsilon", "100000");
    settings.put("spark.sallyport.budget." + name + ".delta", "0.01");
  }

  private static void frame(Map<String, String> settings, Path table, String name, String unit) {
    String prefix = "spark.sallyport.frame." + name + ".";
    settings.put(prefix + "path", table.toString());
    settings.put(prefix + "format", "parquet");
    settings.put(prefix + "privacy-unit", unit);
  }
}
