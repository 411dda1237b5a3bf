package io.sallyport.policy.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that are more than one text. */
final class Values {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

  /** In front of exact items, between them and after them: no white space, and never a value. */
  private static final String BETWEEN = "\0";

  private Values() {}

  /** Names joined by commas, each once, whatever the case. */
  static List<String> names(Setting setting, String what, Problems problems) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String item : setting.value().split(",", -1)) {
      String name = item.strip();
      if (name.isEmpty()) {
        problems.add(setting, "a name is empty", what + ", joined by commas");
      } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        problems.add(setting, "'" + name + "' is named twice", what + ", each once");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Values that are texts, each once, exactly as they were written: spaces, commas and case count.
   * In a Spark conf they are joined by commas, without the spaces around them.
   */
  static List<String> texts(Setting setting, Problems problems) {
    boolean isExact = setting.value().startsWith(BETWEEN);
    String[] items =
        isExact ? setting.value().substring(1).split(BETWEEN, -1) : setting.value().split(",", -1);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < items.length - (isExact ? 1 : 0); i++) {
      String text = isExact ? items[i] : items[i].strip();
      if (text.isEmpty() && !isExact) {
        problems.add(setting, "a value is empty", "values joined by commas; in YAML '' is one");
      } else if (texts.contains(text)) {
        problems.add(setting, "the value '" + text + "' is given twice", "each value once");
      } else {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Items of a list as the value of one setting, none of them changed. */
  static String exactly(List<String> items) {
    return BETWEEN + String.join(BETWEEN, items) + BETWEEN;
  }

  /** Whether a text could be one of the items. */
  static boolean isExactItem(String text) {
    return !text.contains(BETWEEN);
  }

  /** A whole number in a range. */
  static Optional<Long> number(Setting setting, long least, long most, Problems problems) {
    String text = setting.value();
    if (text.matches("[0-9]{1,15}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    }
    problems.add(
        setting,
        "the number is out of its range or no number",
        "a whole number from " + least + " to " + most);
    return Optional.empty();
  }

  /** True or false; false for what is neither, which is a problem. */
  static boolean truth(Setting setting, Problems problems) {
    boolean truth = setting.value().equals("true");
    if (!truth && !setting.value().equals("false")) {
      problems.add(setting, "this is neither true nor false", "true or false");
    }
    return truth;
  }

  /** Whether a text is a URI rather than a path of this machine. */
  static boolean hasScheme(String text) {
    return SCHEME.matcher(text).lookingAt();
  }

  /** A path, whether or not something is there. */
  static Optional<Path> path(Setting setting, Problems problems) {
    try {
      return Optional.of(Path.of(setting.value()));
    } catch (InvalidPathException e) {
      problems.add(setting, "this is no path", "a path of this machine");
      return Optional.empty();
    }
  }

  /** The path of a file that is there and can be read. */
  static Optional<Path> file(Setting setting, Problems problems) {
    Optional<Path> path = path(setting, problems);
    if (path.isPresent() && !(Files.isRegularFile(path.get()) && Files.isReadable(path.get()))) {
      problems.add(
          setting, "there is no readable file " + path.get(), "the path of a readable file");
      return Optional.empty();
    }
    return path;
  }
}
