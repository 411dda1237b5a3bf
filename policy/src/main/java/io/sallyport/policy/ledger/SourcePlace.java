package io.sallyport.policy.ledger;

import io.sallyport.policy.frame.FrameSource;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places where rows are, each under one name however it is spelled: {@code data/../data/x.csv},
 * {@code ./data//x.csv} and {@code file:/.../data/x.csv} are one place. A local path also has the
 * name that it has without symbolic links.
 */
public final class SourcePlace {
  private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)");
  private static final Pattern AUTHORITY = Pattern.compile("//([^/]*)(/.*)?");

  private SourcePlace() {}

  /** The names of a source's place; there is at least one. */
  static Set<String> of(FrameSource source) {
    return source.fold(table -> Set.of(ofTable(table.identifier())), files -> ofPath(files.path()));
  }

  /** The names of a path or URI. */
  static Set<String> ofPath(String path) {
    Matcher uri = URI.matcher(path.strip());
    if (!uri.matches()) {
      return ofLocal(path.strip());
    }
    String scheme = uri.group(1).toLowerCase(Locale.ROOT);
    Matcher authority = AUTHORITY.matcher(uri.group(2));
    boolean named = authority.matches();
    String rest = named ? orRoot(authority.group(2)) : uri.group(2);
    if (scheme.equals("file")) {
      return ofLocal(rest);
    }
    String host = named ? authority.group(1).toLowerCase(Locale.ROOT) : "";
    return Set.of(scheme + "://" + host + normal(rest));
  }

  /** Without quotes, case and the parts that go without saying. */
  static String ofTable(String identifier) {
    String name = identifier.strip().replace("`", "").toLowerCase(Locale.ROOT);
    for (String usual : new String[] {"spark_catalog.", "default."}) {
      name = name.startsWith(usual) ? name.substring(usual.length()) : name;
    }
    return "table:" + name;
  }

  /** Whether two sources have rows in common, as far as their names tell. */
  public static boolean overlap(FrameSource one, FrameSource other) {
    return of(one).stream()
        .anyMatch(a -> of(other).stream().anyMatch(b -> holds(a, b) || holds(b, a)));
  }

  /** Whether two sources are the same rows, read in the same way: not one a part of the other. */
  public static boolean same(FrameSource one, FrameSource other) {
    return of(one).stream().anyMatch(of(other)::contains)
        && one.<Boolean>fold(
            table -> true,
            files -> other.fold(table -> true, others -> areReadAlike(files, others)));
  }

  private static boolean areReadAlike(FrameSource.Files one, FrameSource.Files other) {
    return one.format().equalsIgnoreCase(other.format()) && one.options().equals(other.options());
  }

  /** Whether one place is the other, or a directory above it: then it has the other's people. */
  static boolean holds(String upper, String lower) {
    return lower.equals(upper) || lower.startsWith(upper.endsWith("/") ? upper : upper + "/");
  }

  private static Set<String> ofLocal(String path) {
    Set<String> names = new TreeSet<>();
    try {
      Path normal = Path.of(path).toAbsolutePath().normalize();
      names.add("file:" + normal);
      names.add("file:" + normal.toRealPath());
    } catch (InvalidPathException e) {
      names.add("file:" + path);
    } catch (IOException e) {
      // Nothing is there, or it cannot be looked at: it has the one name.
      return names;
    }
    return names;
  }

  /** Without {@code .}, {@code ..}, empty parts and a slash at the end. */
  private static String normal(String path) {
    StringBuilder kept = new StringBuilder();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        kept.setLength(Math.max(0, kept.lastIndexOf("/")));
      } else if (!part.isEmpty() && !part.equals(".")) {
        kept.append('/').append(part);
      }
    }
    return kept.length() == 0 ? "/" : kept.toString();
  }

  private static String orRoot(String path) {
    return path == null ? "/" : path;
  }
}
