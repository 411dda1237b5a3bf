package io.sallyport.policy.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The settings of a YAML file: maps inside maps become keys joined by dots. */
final class YamlSettings {
  private final Path file;
  private final Problems problems;
  private final List<Setting> settings = new ArrayList<>();

  private YamlSettings(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The settings of the file that a setting names, as far as there are any. */
  static List<Setting> read(Path file, Setting named, Problems problems) {
    YamlSettings yaml = new YamlSettings(file, problems);
    SafeYaml.root(file, named, problems).ifPresent(root -> yaml.map("", root));
    return yaml.settings;
  }

  private void map(String prefix, MappingNode map) {
    Map<String, Node> seen = new HashMap<>();
    for (NodeTuple entry : map.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
        problem(prefix, entry.getKeyNode(), "a key must be a text", "key: value");
        continue;
      }
      String key = prefix + scalar.getValue();
      Node first = seen.putIfAbsent(scalar.getValue(), scalar);
      if (first == null) {
        value(key, scalar, entry.getValueNode());
      } else {
        problem(
            key,
            scalar,
            "the key is given twice, first in line " + (first.getStartMark().getLine() + 1),
            "each key once");
      }
    }
  }

  private void value(String key, ScalarNode keyNode, Node value) {
    Optional<String> misspelt =
        value instanceof MappingNode map ? misspelt(key, map) : Optional.empty();
    if (misspelt.isPresent()) {
      problem(key, keyNode, "there is no such key" + misspelt.get(), valid(key));
    } else if (value instanceof MappingNode map && !map.getValue().isEmpty()) {
      map(key + ".", map);
    } else if (value instanceof SequenceNode list && Keys.isList(key)) {
      list(key, list);
    } else if (value instanceof SequenceNode && !Keys.isKnown(key)) {
      add(key, "a list", keyNode);
    } else if (value instanceof SequenceNode) {
      problem(key, value, "a list is given", "one text");
    } else if (value instanceof ScalarNode scalar && hasValue(key, scalar)) {
      add(key, scalar.getValue(), keyNode);
    } else {
      problem(key, keyNode, "there is no value", "a value, or the key left out");
    }
  }

  /**
   * What a key was meant to be that holds others and begins no key there is: one problem, and not
   * one for each key inside. A frame's name may have any words but those of keys.
   */
  private static Optional<String> misspelt(String key, MappingNode map) {
    if (!key.startsWith(Keys.FRAME)) {
      String first = key.replaceFirst("[.].*", "");
      boolean isKnown = Keys.ROOTS.contains(first) || first.equals("spark"); // told otherwise
      return isKnown ? Optional.empty() : Optional.of(DidYouMean.hint(key, Keys.ROOTS));
    }
    List<String> parts = List.of(key.split("\\.", -1));
    boolean isNamed = parts.stream().anyMatch(Keys.OF_FRAME::contains);
    boolean isName =
        map.getValue().stream()
            .map(NodeTuple::getKeyNode)
            .anyMatch(node -> node instanceof ScalarNode word && isWordOfFrame(word.getValue()));
    String hint = DidYouMean.hint(parts.get(parts.size() - 1), List.of(Keys.COLUMN, Keys.OPTIONS));
    return isNamed || isName || parts.size() < 3 || hint.isEmpty()
        ? Optional.empty()
        : Optional.of(hint);
  }

  private static boolean isWordOfFrame(String word) {
    return Keys.OF_FRAME.contains(word.replaceFirst("[.].*", ""));
  }

  private static String valid(String key) {
    return key.startsWith(Keys.FRAME)
        ? "column.<column>.{" + String.join(", ", Keys.OF_COLUMN) + "} and options.<option>"
        : String.join(", ", Keys.ROOTS);
  }

  private void list(String key, SequenceNode list) {
    if (Keys.isValuesOfColumn(key)) {
      values(key, list);
      return;
    }
    List<String> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar
          && !isBlank(scalar)
          && scalar.getValue().indexOf(',') < 0) {
        items.add(scalar.getValue());
      } else {
        problem(key, item, "this is no item of a list", "names without commas");
        return;
      }
    }
    if (items.isEmpty()) {
      problem(key, list, "the list is empty", "at least one name, or the key left out");
    } else {
      add(key, String.join(",", items), list);
    }
  }

  /** What is quoted is exactly what stands between the quotes. */
  private void values(String key, SequenceNode list) {
    List<String> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar
          && !(scalar.isPlain() && isBlank(scalar))
          && Values.isExactItem(scalar.getValue())) {
        items.add(scalar.getValue());
      } else {
        problem(key, item, "this is no value", "numbers, texts and dates; a missing value is none");
        return;
      }
    }
    if (items.isEmpty()) {
      problem(key, list, "the list is empty", "at least one value, or the key left out");
    } else {
      add(key, Values.exactly(items), list);
    }
  }

  private void add(String key, String value, Node node) {
    boolean isUri = key.equals(Keys.ARTIFACTS_PATH) && Values.hasScheme(value);
    boolean isPath = Keys.PATHS.contains(key) && !isUri;
    String resolved = isPath ? resolve(value).orElse(value) : value;
    settings.add(new Setting(Keys.PREFIX + key, resolved, SafeYaml.place(file, node)));
  }

  /** A text that is no path stays as it is: whoever reads the setting will say so. */
  private Optional<String> resolve(String value) {
    try {
      return Optional.of(file.resolveSibling(value).toString());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private void problem(String key, Node node, String problem, String valid) {
    problems.add(Keys.PREFIX + key, SafeYaml.place(file, node), problem, valid);
  }

  private static boolean hasValue(String key, ScalarNode scalar) {
    return Keys.isOption(key) ? !scalar.getTag().equals(Tag.NULL) : !isBlank(scalar);
  }

  private static boolean isBlank(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank();
  }
}
