package io.sallyport.connect.cli;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.policy.frame.PolicySet;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether what a policy names is there, as far as this machine can tell without Spark: files, and
 * the columns of files that say their columns' names. A server says the rest when it starts.
 */
final class DataCheck {
  private static final int MOST_HEADER = 1 << 20;

  /** Relative paths start where the server does, which is the policy's folder or this one. */
  private final List<Path> folders;

  private final List<String> problems = new ArrayList<>();
  private final List<String> unchecked = new ArrayList<>();

  private DataCheck(Path policyFile) {
    this.folders = List.of(policyFile.toAbsolutePath().normalize().getParent(), Path.of(""));
  }

  /** What is wrong, and what only a server can tell. */
  record Found(List<String> problems, List<String> unchecked) {}

  static Found of(Path policyFile, PolicySet policies) {
    DataCheck check = new DataCheck(policyFile);
    policies.frames().forEach(check::check);
    return new Found(List.copyOf(check.problems), List.copyOf(check.unchecked));
  }

  private void check(Frame frame) {
    frame
        .source()
        .fold(
            table -> unchecked.add(frame.name() + ": the table " + table.identifier()),
            files -> check(frame, files));
  }

  private boolean check(Frame frame, FrameSource.Files files) {
    String path = files.path().replaceFirst("^file:(//)?", "");
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return unchecked.add(frame.name() + ": the files at " + files.path());
    }
    if (path.matches(".*[*?{\\[].*")) {
      return unchecked.add(frame.name() + ": the files of the pattern " + files.path());
    }
    Optional<Path> found = found(path);
    if (found.isEmpty()) {
      return problems.add(
          "spark.sallyport.frame.%s.path: there is no file or folder %s. Valid: a path that is there on the server, where relative ones start in the folder it is started in"
              .formatted(frame.name(), files.path()));
    }
    Optional<List<String>> columns = columns(found.get(), files);
    if (columns.isEmpty()) {
      return unchecked.add(
          frame.name() + ": the columns of " + files.path() + " (" + files.format() + ")");
    }
    named(frame).forEach((column, key) -> require(frame, column, key, columns.get()));
    return true;
  }

  private void require(Frame frame, String column, String key, List<String> columns) {
    if (columns.stream().noneMatch(column::equalsIgnoreCase)) {
      problems.add(
          "spark.sallyport.frame.%s.%s: the data have no column '%s'. Valid: %s"
              .formatted(frame.name(), key, column, String.join(", ", columns)));
    }
  }

  /** Every column that the policy names, with the key that does. */
  private static Map<String, String> named(Frame frame) {
    Map<String, String> named = new TreeMap<>();
    frame.facts().columns().keySet().forEach(column -> named.put(column, "column." + column));
    frame
        .facts()
        .missing()
        .columns()
        .keySet()
        .forEach(column -> named.put(column, "column." + column));
    frame.facts().unique().forEach(column -> named.put(column, "unique"));
    frame.identifiers().forEach(column -> named.put(column, "identifiers"));
    frame.blacklist().forEach(column -> named.put(column, "blacklist"));
    frame.unit().fold(column -> named.put(column.name(), "privacy-unit"), row -> "");
    return named;
  }

  private Optional<Path> found(String path) {
    try {
      return folders.stream().map(folder -> folder.resolve(path)).filter(Files::exists).findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The names of the columns, where the files say them in a way that is read here. */
  private static Optional<List<String>> columns(Path path, FrameSource.Files files) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(files.options());
    try {
      Optional<Path> first = files(path).stream().findFirst();
      if (first.isEmpty() || options.containsKey("schema")) {
        return Optional.empty();
      }
      Optional<List<String>> own =
          switch (files.format().toLowerCase(Locale.ROOT)) {
            case "csv" -> header(first.get(), options);
            case "parquet" -> ParquetColumns.of(first.get());
            default -> Optional.empty();
          };
      Set<String> folders = partitions(path);
      return own.map(columns -> Stream.concat(columns.stream(), folders.stream()).toList());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Path> files(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("[._].*|.*[.](gz|bz2|zst)"))
          .sorted()
          .toList();
    }
  }

  /** Folders named column=value. */
  private static Set<String> partitions(Path path) throws IOException {
    Set<String> columns = new TreeSet<>();
    try (Stream<Path> all = Files.walk(path)) {
      all.filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.indexOf('=') > 0)
          .forEach(name -> columns.add(name.substring(0, name.indexOf('='))));
    }
    return columns;
  }

  /** The first line of a CSV file, where its options say that it is one of names. */
  private static Optional<List<String>> header(Path file, Map<String, String> options)
      throws IOException {
    if (!options.getOrDefault("header", "").equalsIgnoreCase("true")) {
      return Optional.empty();
    }
    String separator =
        options.getOrDefault("sep", options.getOrDefault("delimiter", ",")).replace("\\t", "\t");
    StringBuilder line = new StringBuilder();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int c = reader.read();
      while (c >= 0 && c != '\n' && line.length() < MOST_HEADER) {
        line.append((char) c);
        c = reader.read();
      }
    }
    return Optional.of(
        Arrays.stream(line.toString().replace("\ufeff", "").split(Pattern.quote(separator), -1))
            .map(name -> name.strip().replaceAll("^\"|\"$", ""))
            .toList());
  }
}
