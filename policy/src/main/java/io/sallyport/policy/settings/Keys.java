package io.sallyport.policy.settings;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every key there is. What is not here is refused. */
final class Keys {
  /** What every key begins with in a Spark conf; left out in YAML. */
  static final String PREFIX = "spark.sallyport.";

  static final String PUBLIC = "public";
  static final String POLICIES = "policies";
  static final String PRINCIPALS = "principals";
  static final String CERTIFICATE = "tls.certificate";
  static final String KEY = "tls.key";
  static final String STORE = "store";
  static final String STORE_URL = "store.url";
  static final String STORE_USER = "store.user";
  static final String STORE_PASSWORD_FILE = "store.password-file";
  static final String ARTIFACTS_PATH = "artifacts.path";
  static final String ARTIFACTS_KEY_FILE = "artifacts.key-file";
  static final String ARTIFACTS_DAYS = "artifacts.expires-days";
  static final String APPROVAL_DAYS = "approval.expires-days";
  static final String WEBHOOK = "approval.webhook";
  static final String RELOAD = "reload-seconds";
  static final String HEALTH_PORT = "health.port";
  static final String HEALTH_ADDRESS = "health.address";
  static final String LOGGERS = "log.loggers";
  static final String PLANS_SHOWN_BY = "plans-shown-by";
  static final String DESK_PORT = "desk.port";
  static final String DESK_ADDRESS = "desk.address";
  static final List<String> SERVER =
      List.of(
          PUBLIC,
          POLICIES,
          PRINCIPALS,
          CERTIFICATE,
          KEY,
          STORE,
          STORE_URL,
          STORE_USER,
          STORE_PASSWORD_FILE,
          ARTIFACTS_PATH,
          ARTIFACTS_KEY_FILE,
          ARTIFACTS_DAYS,
          APPROVAL_DAYS,
          WEBHOOK,
          RELOAD,
          HEALTH_PORT,
          HEALTH_ADDRESS,
          LOGGERS,
          PLANS_SHOWN_BY,
          DESK_PORT,
          DESK_ADDRESS);

  /** A relative path in a YAML file is relative to that file's folder. */
  static final Set<String> PATHS =
      Set.of(
          PRINCIPALS,
          CERTIFICATE,
          KEY,
          STORE,
          STORE_PASSWORD_FILE,
          ARTIFACTS_PATH,
          ARTIFACTS_KEY_FILE);

  /** In front of a frame's name and key. */
  static final String FRAME = "frame.";

  static final String TABLE = "table";
  static final String PATH = "path";
  static final String FORMAT = "format";
  static final String OPTIONS = "options";
  static final String OWNER = "owner";
  static final String UNIT = "privacy-unit";
  static final String AUTOMATIC = "automatic";
  static final String APPROVAL = "approval";
  static final String ON_SMALL_GROUP = "on-small-group";
  static final String BLACKLIST = "blacklist";
  static final String IDENTIFIERS = "identifiers";
  static final String REVIEWERS = "reviewers";
  static final String VOTES_NEEDED = "votes-needed";
  static final String SAVABLE = "savable";
  static final String UNIT_SPACE = "unit-space";
  static final String UNIQUE_UNIT = "unique-unit";
  static final String UNIQUE = "unique";
  static final String MISSING = "missing";
  static final String COLUMN = "column";
  static final String BUDGET_EPSILON = "budget-epsilon";
  static final String BUDGET_DELTA = "budget-delta";

  /** The keys of a frame; none of them may be a part of a frame's name. */
  static final List<String> OF_FRAME =
      List.of(
          TABLE,
          PATH,
          FORMAT,
          OPTIONS,
          OWNER,
          UNIT,
          AUTOMATIC,
          APPROVAL,
          ON_SMALL_GROUP,
          BLACKLIST,
          IDENTIFIERS,
          REVIEWERS,
          VOTES_NEEDED,
          SAVABLE,
          UNIT_SPACE,
          UNIQUE_UNIT,
          UNIQUE,
          MISSING,
          COLUMN,
          BUDGET_EPSILON,
          BUDGET_DELTA);

  /** What is declared of a column, after its name. */
  static final String LOWER = "lower";

  static final String UPPER = "upper";
  static final String VALUES = "values";
  static final String COMPLETE = "complete";
  static final List<String> OF_COLUMN = List.of(LOWER, UPPER, VALUES, COMPLETE, MISSING);

  /** In front of a unit space and a budget's key. */
  static final String BUDGET = "budget.";

  static final String EPSILON = "epsilon";
  static final String DELTA = "delta";
  static final String WINDOW_DAYS = "window-days";
  static final String PRINCIPAL_EPSILON = "principal-epsilon";
  static final String PRINCIPAL_DELTA = "principal-delta";
  static final String LEAST_EPSILON = "least-epsilon";
  static final List<String> OF_BUDGET =
      List.of(EPSILON, DELTA, WINDOW_DAYS, PRINCIPAL_EPSILON, PRINCIPAL_DELTA, LEAST_EPSILON);

  private static final Set<String> LISTS_OF_FRAME =
      Set.of(BLACKLIST, IDENTIFIERS, REVIEWERS, UNIQUE);

  /** In front of a limit's key. */
  static final String LIMIT = "limit.";

  static final List<String> OF_LIMIT = Arrays.stream(Limit.values()).map(Limit::key).toList();

  /** What the first word of a key may be. */
  static final List<String> ROOTS =
      Stream.concat(
              Stream.of("frame", "budget", "limit"),
              SERVER.stream().map(key -> key.replaceFirst("[.].*", "")))
          .distinct()
          .toList();

  private Keys() {}

  /** Whether a key, without the prefix, takes several values. */
  static boolean isList(String key) {
    return key.equals(PUBLIC)
        || key.equals(LOGGERS)
        || (key.startsWith(FRAME)
            && !isOption(key)
            && (LISTS_OF_FRAME.contains(key.substring(key.lastIndexOf('.') + 1))
                || isValuesOfColumn(key)));
  }

  /** Whether a key, without the prefix, takes values that are texts of data, not names. */
  static boolean isValuesOfColumn(String key) {
    return key.contains("." + COLUMN + ".") && key.endsWith("." + VALUES);
  }

  /** Whether there is such a key, without the prefix. */
  static boolean isKnown(String key) {
    return SERVER.contains(key)
        || (key.startsWith(FRAME) && isKnownOfFrame(key))
        || (key.startsWith(BUDGET) && OF_BUDGET.contains(key.substring(key.lastIndexOf('.') + 1)))
        || (key.startsWith(LIMIT) && OF_LIMIT.contains(key.substring(LIMIT.length())));
  }

  private static boolean isKnownOfFrame(String key) {
    List<String> parts = List.of(key.split("\\.", -1));
    OptionalInt word =
        IntStream.range(1, parts.size()).filter(i -> OF_FRAME.contains(parts.get(i))).findFirst();
    if (word.isEmpty()) {
      return false;
    }
    int after = parts.size() - word.getAsInt() - 1;
    return switch (parts.get(word.getAsInt())) {
      case OPTIONS -> after > 0;
      case COLUMN -> after == 2 && OF_COLUMN.contains(parts.get(parts.size() - 1));
      default -> after == 0;
    };
  }

  /**
   * Whether a key, without the prefix, is one of a data source's options, whose value is its own.
   */
  static boolean isOption(String key) {
    return key.startsWith(FRAME) && key.contains("." + OPTIONS + ".");
  }
}
