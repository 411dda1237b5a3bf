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
import java.util.function.BiConsumer;

/**
 * The version of a policy set, or of a part of it: the first 16 hexadecimal digits of the SHA-256
 * of its content. Analysts see it, so the values of a source's options, which may be secrets, are
 * not part of it: a weak password could be guessed from the hash.
 */
final class ContentVersion {
  private static final int DIGITS = 16;

  private final StringBuilder content = new StringBuilder();

  private ContentVersion() {}

  static String of(Collection<Frame> frames, Set<FrameName> publicTables, Budgets budgets) {
    ContentVersion version = new ContentVersion();
    frames.stream().sorted(Comparator.comparing(Frame::name)).forEach(version::add);
    version.add("public");
    new TreeSet<>(publicTables).forEach(name -> version.add(name.value()));
    version.add("budgets");
    budgets.spaces().forEach((space, budget) -> version.addAll(List.of(space, budget.toString())));
    budgets.frames().forEach((f, budget) -> version.addAll(List.of(f.value(), budget.toString())));
    return version.digits();
  }

  /** The version of these frames alone, of which some may not be there. */
  static String ofTerms(Collection<FrameName> names, PolicySet policies) {
    return of(names, policies, ContentVersion::add);
  }

  /** As {@link #ofTerms}, of what the rows and their people are, whatever the rules say. */
  static String ofStructure(Collection<FrameName> names, PolicySet policies) {
    return of(names, policies, ContentVersion::addStructure);
  }

  private static String of(
      Collection<FrameName> names, PolicySet policies, BiConsumer<ContentVersion, Frame> part) {
    ContentVersion version = new ContentVersion();
    for (FrameName name : new TreeSet<>(names)) {
      policies
          .frame(name)
          .ifPresentOrElse(
              frame -> part.accept(version, frame),
              () -> version.addAll(List.of("absent", name.value())));
    }
    return version.digits();
  }

  private void add(Frame frame) {
    addStructure(frame);
    add(frame.owner().map(owner -> "owned by " + owner).orElse("owned by nobody"));
    add(frame.policy().automatic().text());
    add(frame.policy().approval().text());
    add(frame.policy().onSmallGroup().name());
    addAll(frame.reviewers());
    add(Integer.toString(frame.votesNeeded()));
    add(frame.savable() ? "savable" : "not savable");
  }

  private void addStructure(Frame frame) {
    add("frame");
    add(frame.name().value());
    addAll(frame.source().fold(ContentVersion::parts, ContentVersion::parts));
    String unit = frame.unit().fold(column -> "unit " + lower(column.name()), row -> "each row");
    add(unit);
    addAll(frame.blacklist());
    addAll(frame.identifiers());
    add("space " + frame.facts().unitSpace());
    add(frame.facts().uniqueUnit() ? "one row each" : "many rows each");
    addDeclared(frame.facts());
    frame.facts().columns().forEach(this::add);
  }

  /** What is not declared adds nothing, so that versions from before there was such a key hold. */
  private void addDeclared(PublicFacts facts) {
    if (!facts.unique().isEmpty()) {
      add("unique");
      addAll(facts.unique());
    }
    if (!facts.missing().equals(MissingValues.PRIVATE)) {
      add(facts.missing().usual() ? "missing is public" : "missing is private");
      facts
          .missing()
          .columns()
          .forEach((column, isPublic) -> addAll(List.of(column, isPublic.toString())));
    }
  }

  private void add(String column, ColumnDomain domain) {
    add(column);
    add(domain.lower() + " to " + domain.upper());
    addAll(domain.values());
    if (domain.complete()) {
      add("complete");
    }
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

  private String digits() {
    return sha256(content.toString()).substring(0, DIGITS);
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
