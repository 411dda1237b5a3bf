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
