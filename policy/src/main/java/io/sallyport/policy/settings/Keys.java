package io.sallyport.policy.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

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
  static final List<String> SERVER = List.of(PUBLIC, POLICIES, PRINCIPALS, CERTIFICATE, KEY, STORE);

  /** A relative path in a YAML file is relative to that file's folder. */
  static final Set<String> PATHS = Set.of(PRINCIPALS, CERTIFICATE, KEY, STORE);

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
          IDENTIFIERS);

  /** In front of a limit's key. */
  static final String LIMIT = "limit.";

  static final List<String> OF_LIMIT = Arrays.stream(Limit.values()).map(Limit::key).toList();

  private Keys() {}

  /** Whether a key, without the prefix, takes several values. */
  static boolean isList(String key) {
    return key.equals(PUBLIC)
        || (key.startsWith(FRAME)
            && !isOption(key)
            && (key.endsWith("." + BLACKLIST) || key.endsWith("." + IDENTIFIERS)));
  }

  /** Whether there is such a key, without the prefix; frames' keys are not looked at further. */
  static boolean isKnown(String key) {
    return SERVER.contains(key)
        || key.startsWith(FRAME)
        || (key.startsWith(LIMIT) && OF_LIMIT.contains(key.substring(LIMIT.length())));
  }

  /**
   * Whether a key, without the prefix, is one of a data source's options, whose value is its own.
   */
  static boolean isOption(String key) {
    return key.startsWith(FRAME) && key.contains("." + OPTIONS + ".");
  }
}
