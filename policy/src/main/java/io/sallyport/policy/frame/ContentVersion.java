package io.sallyport.policy.frame;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The version of a policy set: the first 16 hexadecimal digits of the SHA-256 of its content.
 * Analysts see it, so the values of a source's options, which may be secrets, are not part of it: a
 * weak password could be guessed from the hash.
 */
final class ContentVersion {
  private static final int DIGITS = 16;

  private final StringBuilder content = new StringBuilder();

  private ContentVersion() {}

  static String of(Collection<Frame> frames, Set<FrameName> publicTables) {
    ContentVersion version = new ContentVersion();
    frames.stream().sorted(Comparator.comparing(Frame::name)).forEach(version::add);
    version.add("public");
    new TreeSet<>(publicTables).forEach(name -> version.add(name.value()));
    return sha256(version.content.toString()).substring(0, DIGITS);
  }

  private void add(Frame frame) {
    add("frame");
    add(frame.name().value());
    addAll(frame.source().fold(ContentVersion::parts, ContentVersion::parts));
    add(frame.owner().map(owner -> "owned by " + owner).orElse("owned by nobody"));
    String unit = frame.unit().fold(column -> "unit " + lower(column.name()), row -> "each row");
    add(unit);
    add(frame.policy().automatic().text());
    add(frame.policy().approval().text());
    add(frame.policy().onSmallGroup().name());
    addAll(frame.blacklist());
    addAll(frame.identifiers());
  }

  private static List<String> parts(FrameSource.Table table) {
    return List.of("table", table.identifier());
  }

  private static List<String> parts(FrameSource.Files files) {
    List<String> parts = new ArrayList<>(List.of("files", files.path(), files.format()));
    parts.addAll(new TreeSet<>(files.options().keySet()));
    return parts;
  }

  private void addAll(Collection<String> parts) {
    add(Integer.toString(parts.size()));
    parts.forEach(this::add);
  }

  /** The length in front keeps two contents from being one text. */
  private void add(String part) {
    content.append(part.length()).append(':').append(part).append('\n');
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
