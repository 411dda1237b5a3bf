package io.sallyport.policy.settings;

import io.sallyport.policy.principal.Credential;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.principal.Principals;
import io.sallyport.policy.principal.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The YAML file of the people whom the gate recognises. Its values are never printed. */
final class PrincipalsFile {
  private static final String NAME = "name";
  private static final String ROLE = "role";
  private static final String TOKEN = "token-sha256";
  private static final String EXPIRES = "expires";
  private static final String GROUPS = "groups";
  private static final List<String> NEEDED = List.of(NAME, ROLE, TOKEN);
  private static final List<String> KEYS = List.of(NAME, ROLE, TOKEN, EXPIRES, GROUPS);
  private static final String VALID_FILE =
      "principals: [{name: ..., role: owner or analyst, token-sha256: ...}]";

  private static final String DAY = "2027-01-31";

  /** The SHA-256 of no characters at all: a token that everybody has. */
  private static final String EMPTY_TOKEN =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final Path file;
  private final Problems problems;
  private final List<Credential> credentials = new ArrayList<>();
  private final Map<String, String> firstPlaces = new HashMap<>();

  private PrincipalsFile(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The people of the file that a setting names, or problems. */
  static Optional<Principals> read(Path file, Setting named, Problems problems) {
    PrincipalsFile reader = new PrincipalsFile(file, problems);
    int before = problems.texts().size();
    SafeYaml.root(file, named, problems).ifPresent(reader::root);
    return problems.texts().size() == before
        ? Optional.of(Principals.of(reader.credentials))
        : Optional.empty();
  }

  private void root(MappingNode root) {
    List<NodeTuple> entries = root.getValue();
    if (entries.size() == 1
        && entries.get(0).getKeyNode() instanceof ScalarNode key
        && key.getValue().equals("principals")
        && entries.get(0).getValueNode() instanceof SequenceNode list
        && !list.getValue().isEmpty()) {
      for (int i = 0; i < list.getValue().size(); i++) {
        principal("principals[" + (i + 1) + "]", list.getValue().get(i));
      }
    } else {
      problem("principals", root, "the file is no list of principals", VALID_FILE);
    }
  }

  private void principal(String key, Node node) {
    if (!(node instanceof MappingNode map)) {
      problem(key, node, "this is no principal", VALID_FILE);
      return;
    }
    Map<String, ScalarNode> values = values(key, map);
    for (String needed : NEEDED) {
      if (!values.containsKey(needed)) {
        problem(key + "." + needed, node, "the key is missing", String.join(", ", NEEDED));
      }
    }
    Optional<String> name = name(key, values);
    Optional<Role> role = role(key, values);
    Optional<String> token = token(key, values);
    Optional<Instant> expires = expires(key, values);
    if (name.isPresent() && role.isPresent() && token.isPresent()) {
      Principal principal = new Principal(name.get(), role.get(), groups(key, values));
      credentials.add(new Credential(principal, token.get(), expires));
    }
  }

  private Map<String, ScalarNode> values(String key, MappingNode map) {
    Map<String, ScalarNode> values = new HashMap<>();
    for (NodeTuple entry : map.getValue()) {
      String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!KEYS.contains(name)) {
        String hint = DidYouMean.hint(name, KEYS);
        problem(
            key,
            entry.getKeyNode(),
            "there is no key '" + name + "'" + hint,
            String.join(", ", KEYS));
      } else if (!(oneText(name, entry.getValueNode()) instanceof ScalarNode value)) {
        problem(key + "." + name, entry.getValueNode(), "the value is no text", "one text");
      } else if (values.putIfAbsent(name, value) != null) {
        problem(key + "." + name, entry.getKeyNode(), "the key is given twice", "each key once");
      }
    }
    return values;
  }

  private Optional<String> name(String key, Map<String, ScalarNode> values) {
    return Optional.ofNullable(values.get(NAME))
        .filter(
            node ->
                Principal.isName(node.getValue())
                    ? isFirst(key + "." + NAME, node, node.getValue(), "name")
                    : problem(
                        key + "." + NAME,
                        node,
                        "this is no name of a principal",
                        "1 to 64 letters, digits or . _ @ -"))
        .map(ScalarNode::getValue);
  }

  private Optional<Role> role(String key, Map<String, ScalarNode> values) {
    Optional<ScalarNode> node = Optional.ofNullable(values.get(ROLE));
    Optional<Role> role =
        node.flatMap(
            text ->
                switch (text.getValue()) {
                  case "owner" -> Optional.of(Role.OWNER);
                  case "analyst" -> Optional.of(Role.ANALYST);
                  default -> Optional.empty();
                });
    if (node.isPresent() && role.isEmpty()) {
      problem(key + "." + ROLE, node.get(), "there is no such role", "owner or analyst");
    }
    return role;
  }

  private Optional<String> token(String key, Map<String, ScalarNode> values) {
    String field = key + "." + TOKEN;
    String valid = "the SHA-256 of the person's token, 64 hexadecimal digits";
    return Optional.ofNullable(values.get(TOKEN))
        .filter(
            node -> {
              String hash = lower(node);
              if (!Credential.isHash(hash)) {
                return problem(field, node, "this is no SHA-256", valid);
              }
              if (hash.equals(EMPTY_TOKEN)) {
                return problem(field, node, "this is the SHA-256 of an empty token", valid);
              }
              return isFirst(field, node, hash, "token");
            })
        .map(PrincipalsFile::lower);
  }

  /** A list of groups is their names joined by commas. */
  private static Node oneText(String name, Node value) {
    if (!name.equals(GROUPS)
        || !(value instanceof SequenceNode list)
        || !list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
      return value;
    }
    String names =
        list.getValue().stream()
            .map(item -> ((ScalarNode) item).getValue())
            .collect(Collectors.joining(","));
    return new ScalarNode(
        Tag.STR, names, value.getStartMark(), value.getEndMark(), ScalarStyle.PLAIN);
  }

  private Set<String> groups(String key, Map<String, ScalarNode> values) {
    Set<String> groups = new TreeSet<>();
    ScalarNode node = values.get(GROUPS);
    if (node != null) {
      for (String group : node.getValue().split(",", -1)) {
        if (Principal.isName(group.strip())) {
          groups.add(group.strip());
        } else {
          problem(
              key + "." + GROUPS,
              node,
              "this is no list of groups",
              "names of 1 to 64 letters, digits or . _ @ -, joined by commas");
        }
      }
    }
    return groups;
  }

  /** A day begins at midnight UTC. */
  private Optional<Instant> expires(String key, Map<String, ScalarNode> values) {
    ScalarNode node = values.get(EXPIRES);
    if (node == null) {
      return Optional.empty();
    }
    String text = node.getValue();
    try {
      return Optional.of(
          text.length() == DAY.length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text));
    } catch (DateTimeParseException e) {
      String valid = "a day such as " + DAY + ", or a time such as " + DAY + "T18:00:00Z";
      problem(key + "." + EXPIRES, node, "this is no day and no time", valid);
      return Optional.empty();
    }
  }

  private boolean isFirst(String key, Node node, String value, String what) {
    String first = firstPlaces.putIfAbsent(what + " " + value, SafeYaml.place(file, node));
    return first == null
        || problem(
            key,
            node,
            "another principal has the same " + what + " (" + first + ")",
            "a " + what + " of their own for each principal");
  }

  /** Always false: nothing came of it. */
  private boolean problem(String key, Node node, String problem, String valid) {
    problems.add(key, SafeYaml.place(file, node), problem, valid);
    return false;
  }

  private static String lower(ScalarNode node) {
    return node.getValue().toLowerCase(Locale.ROOT);
  }
}
