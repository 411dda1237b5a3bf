package io.sallyport.spark;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Frames of the hospital whose owners release with noise. */
final class NoiseData {

  /** Where the patients are too. */
  static final List<String> COPIES = List.of("quiet", "still", "spent", "rules");

  private NoiseData() {}

  static Map<String, String> policies(Path directory) {
    Map<String, String> keys = new HashMap<>();
    // What is charged is remembered under the place of the rows too; frames whose budgets are to be
    // apart have copies of the rows.
    // So much budget that noise can be told from a mistake: it is smaller than one.
    budget(keys, "loud", "1000000", "0.01");
    frame(keys, "loud.patients", directory.resolve("patients"), "loud");
    automatic(keys, "loud.patients", "dp(epsilon = 100, delta = 0.001, groups = 8, rows = 4)");
    domains(keys, "loud.patients");
    frame(keys, "loud.stays", directory.resolve("stays"), "loud");
    automatic(keys, "loud.stays", "dp(epsilon = 100, delta = 0.001, groups = 8, rows = 8)");
    column(keys, "loud.stays", "days", 0, 10);
    frame(keys, "loud.each", directory.resolve("patients"), "loud");
    automatic(keys, "loud.each", "dp(epsilon = 100, delta = 0.001)");
    keys.put("spark.sallyport.frame.loud.each.unique-unit", "true");
    domains(keys, "loud.each");
    keys.put("spark.sallyport.frame.loud.each.column.ward.values", "0,1,2,3,4,9");
    frame(keys, "loud.few", directory.resolve("stays"), "loud");
    automatic(keys, "loud.few", "dp(epsilon = 100, delta = 0.001, groups = 1, rows = 2)");
    column(keys, "loud.few", "days", 0, 10);
    frame(keys, "loud.lies", directory.resolve("stays"), "loud");
    automatic(keys, "loud.lies", "dp(epsilon = 100, delta = 0.001)");
    keys.put("spark.sallyport.frame.loud.lies.unique-unit", "true");
    budget(keys, "other", "1000000", "0.01");
    frame(keys, "loud.other", directory.resolve("stays"), "other");
    automatic(keys, "loud.other", "dp(epsilon = 100, delta = 0.001)");

    frame(keys, "loud.wiped", directory.resolve("patients"), "loud");
    automatic(keys, "loud.wiped", "dp(epsilon = 100, delta = 0.001, groups = 2)");
    keys.put("spark.sallyport.frame.loud.wiped.blacklist", "age");
    frame(keys, "loud.few2", directory.resolve("patients"), "loud");
    automatic(keys, "loud.few2", "dp(epsilon = 100, delta = 0.001, groups = 2)");
    frame(keys, "loud.rows", directory.resolve("patients"), "loud");
    automatic(keys, "loud.rows", "dp(epsilon = 100, delta = 0.001)");
    keys.put("spark.sallyport.frame.loud.rows.privacy-unit", "row");

    budget(keys, "quiet", "2", "0.000001");
    frame(keys, "quiet.patients", directory.resolve("quiet"), "quiet");
    automatic(keys, "quiet.patients", "dp(epsilon = 1, delta = 1e-8)");
    domains(keys, "quiet.patients");
    budget(keys, "still", "2", "0.000001");
    frame(keys, "still.patients", directory.resolve("still"), "still");
    automatic(keys, "still.patients", "dp(epsilon = 1, delta = 1e-8)");
    domains(keys, "still.patients");
    budget(keys, "spent", "1", "0.000001");
    frame(keys, "spent.patients", directory.resolve("spent"), "spent");
    automatic(keys, "spent.patients", "dp(epsilon = 1, delta = 1e-8)");
    budget(keys, "rules", "1000000", "0.01");
    frame(keys, "rules.both", directory.resolve("rules"), "rules");
    automatic(keys, "rules.both", "all(aggregation(45), dp(epsilon = 100, delta = 0.001))");
    domains(keys, "rules.both");
    frame(keys, "rules.either", directory.resolve("rules"), "rules");
    automatic(keys, "rules.either", "any(user(\"dr-lee\"), dp(epsilon = 100, delta = 0.001))");
    domains(keys, "rules.either");
    frame(keys, "rules.pure", directory.resolve("rules"), "rules");
    automatic(keys, "rules.pure", "dp(epsilon = 100)");
    domains(keys, "rules.pure");
    return keys;
  }

  private static void budget(Map<String, String> keys, String space, String epsilon, String delta) {
    keys.put("spark.sallyport.budget." + space + ".epsilon", epsilon);
    keys.put("spark.sallyport.budget." + space + ".delta", delta);
  }

  private static void automatic(Map<String, String> keys, String frame, String rule) {
    keys.put("spark.sallyport.frame." + frame + ".automatic", rule);
  }

  private static void domains(Map<String, String> keys, String frame) {
    column(keys, frame, "age", 0, 100);
    column(keys, frame, "team", 0, 10);
    column(keys, frame, "weight", 0, 200);
    column(keys, frame, "cost", 0, 400);
    column(keys, frame, "income", 0, 1000);
  }

  private static void column(
      Map<String, String> keys, String frame, String column, int lower, int upper) {
    String prefix = "spark.sallyport.frame." + frame + ".column." + column + ".";
    keys.put(prefix + "lower", Integer.toString(lower));
    keys.put(prefix + "upper", Integer.toString(upper));
  }

  private static void frame(Map<String, String> keys, String name, Path path, String space) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", path.toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", "patient_id");
    keys.put(prefix + "unit-space", space);
    keys.put(prefix + "approval", "false");
  }
}
