package io.sallyport.policy.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A YAML file as a tree of nodes that know their lines. Nothing is constructed from it; anchors,
 * aliases and tags are refused, so the tree is no larger than the file; size and depth are bounded.
 */
final class SafeYaml {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 50;
  private static final String VALID = "a YAML file of at most 1 MiB with one map of keys";

  private final Path file;
  private final Setting named;
  private final Problems problems;

  private SafeYaml(Path file, Setting named, Problems problems) {
    this.file = file;
    this.named = named;
    this.problems = problems;
  }

  /** The map at the root of the file that a setting names, or a problem. */
  static Optional<MappingNode> root(Path file, Setting named, Problems problems) {
    return new SafeYaml(file, named, problems).read();
  }

  /** Where a node was written. */
  static String place(Path file, Node node) {
    return place(file, node.getStartMark());
  }

  private static String place(Path file, Mark mark) {
    return file.getFileName() + ", line " + (mark.getLine() + 1);
  }

  private Optional<MappingNode> read() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return none(named.place(), "the file " + file + " is too large");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return hasForbiddenEvent(text) ? Optional.empty() : root(text);
    } catch (CharacterCodingException e) {
      return none(named.place(), "the file " + file + " is no UTF-8 text");
    } catch (IOException e) {
      return none(named.place(), "the file " + file + " cannot be read");
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      return none(
          mark == null ? named.place() : place(file, mark), "this is no YAML: " + e.getProblem());
    } catch (YAMLException e) {
      return none(named.place(), "the file " + file + " is no YAML");
    }
  }

  private Optional<MappingNode> root(String text) {
    return yaml().compose(new StringReader(text)) instanceof MappingNode map
        ? Optional.of(map)
        : none(named.place(), "the file " + file + " holds no map of keys");
  }

  /** Stops where it is too deep: the parser takes ever longer with depth. */
  private boolean hasForbiddenEvent(String text) {
    boolean found = false;
    int depth = 0;
    for (Event event : yaml().parse(new StringReader(text))) {
      if (isForbidden(event)) {
        none(place(file, event.getStartMark()), "anchors, aliases and tags are not allowed");
        found = true;
      }
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > MAX_DEPTH) {
        none(place(file, event.getStartMark()), "the maps and lists are nested too deep");
        return true;
      }
    }
    return found;
  }

  private static boolean isForbidden(Event event) {
    return event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor() != null)
        || (event instanceof ScalarEvent scalar && scalar.getTag() != null)
        || (event instanceof CollectionStartEvent collection && collection.getTag() != null);
  }

  private Optional<MappingNode> none(String place, String problem) {
    problems.add(named.key(), place, problem, VALID);
    return Optional.empty();
  }

  private static Yaml yaml() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_BYTES);
    limits.setNestingDepthLimit(MAX_DEPTH);
    DumperOptions unused = new DumperOptions();
    return new Yaml(new SafeConstructor(limits), new Representer(unused), unused, limits);
  }
}
