package io.sallyport.connect.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of tables, as they are written in SQL. */
final class Names {

  private static final Pattern PART =
      Pattern.compile("\\s*(?:`((?:[^`]|``)*)`|([^`.]+))\\s*(\\.|$)");

  private Names() {}

  /** The parts of a name; none when it is not written as one. */
  static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(name);
    int at = 0;
    while (at < name.length()) {
      part.region(at, name.length());
      if (!part.lookingAt()) {
        return List.of();
      }
      parts.add(part.group(1) != null ? part.group(1).replace("``", "`") : part.group(2).strip());
      at = part.end();
    }
    return parts;
  }
}
