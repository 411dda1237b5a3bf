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

/** Values that are more than one text. */
final class Values {
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
