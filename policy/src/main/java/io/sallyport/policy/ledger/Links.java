package io.sallyport.policy.ledger;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.store.Row;
import io.sallyport.policy.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which names were ever those of one set of people: frames, and the places of their rows, in any
 * version of the policies. Renaming one after the other leaves a chain of links, and whatever hangs
 * together has spent what any of it spent. Places of which one holds the other hang together too.
 */
final class Links {
  private static final String SPACE = "space:";
  private static final String FRAME = "frame:";
  private static final String SOURCE = "source:";

  private final Set<Link> known = new TreeSet<>();

  private Links() {}

  /**
   * A frame was in a unit space, or its rows were at a place.
   *
   * @param frame the frame's name
   * @param subject what charges about that space or place are remembered under
   */
  record Link(String frame, String subject) implements Comparable<Link> {
    @Override
    public int compareTo(Link other) {
      int frames = frame.compareTo(other.frame);
      return frames == 0 ? subject.compareTo(other.subject) : frames;
    }

    boolean isOfPlace() {
      return subject.startsWith(SOURCE);
    }
  }

  static Links read(Transaction transaction) throws SQLException {
    Links links = new Links();
    links.known.addAll(
        transaction.query(
            (Row row) -> new Link(row.text("frame"), row.text("subject")),
            "SELECT frame, subject FROM budget_link"));
    return links;
  }

  /** The links that the policies say; these frames have further places. */
  static Set<Link> of(PolicySet policies, Map<FrameName, ? extends Collection<String>> paths) {
    Set<Link> links = new TreeSet<>();
    for (Frame frame : policies.frames()) {
      String name = frame.name().value();
      links.add(new Link(name, space(frame)));
      places(frame).forEach(place -> links.add(new Link(name, place)));
      for (String path :
          paths.containsKey(frame.name()) ? paths.get(frame.name()) : List.<String>of()) {
        SourcePlace.ofPath(path).forEach(place -> links.add(new Link(name, SOURCE + place)));
      }
    }
    return links;
  }

  /** These links too; tells which are new. */
  List<Link> with(Collection<Link> more) {
    List<Link> fresh = new ArrayList<>();
    for (Link link : more) {
      if (known.add(link)) {
        fresh.add(link);
      }
    }
    return fresh;
  }

  /** Remembers links for ever. */
  static void write(Transaction transaction, Collection<Link> links, String version)
      throws SQLException {
    for (Link link : links) {
      transaction.update(
          "INSERT INTO budget_link (frame, subject, version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          link.frame(),
          link.subject(),
          version);
    }
  }

  /** What a charge about a frame is remembered under, beside its unit space. */
  static Set<String> own(Frame frame) {
    Set<String> subjects = places(frame);
    subjects.add(frame(frame.name()));
    return subjects;
  }

  /** What is about the frame of this name, whether or not there is one any more. */
  static String frame(FrameName name) {
    return FRAME + name;
  }

  static String space(Frame frame) {
    return SPACE + frame.facts().unitSpace();
  }

  /** Whatever charges about the frame's people may be remembered under, by any name they had. */
  Set<String> all(Frame frame) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(own(frame));
    while (!next.isEmpty()) {
      String subject = next.remove();
      if (reached.add(subject)) {
        next.addAll(beside(subject));
      }
    }
    return reached;
  }

  /** The unit spaces in which the frames among these subjects ever were. */
  Set<String> spaces(Set<String> subjects) {
    Set<String> spaces = new TreeSet<>();
    for (Link link : known) {
      if (!link.isOfPlace() && subjects.contains(FRAME + link.frame())) {
        spaces.add(link.subject());
      }
    }
    return spaces;
  }

  private Set<String> beside(String subject) {
    Set<String> beside = new TreeSet<>();
    for (Link link : known) {
      if (link.isOfPlace() && subject.equals(FRAME + link.frame())) {
        beside.add(link.subject());
      } else if (link.isOfPlace() && hangTogether(subject, link.subject())) {
        beside.add(link.subject());
        beside.add(FRAME + link.frame());
      }
    }
    return beside;
  }

  private static boolean hangTogether(String one, String other) {
    if (!one.startsWith(SOURCE)) {
      return false;
    }
    String a = one.substring(SOURCE.length());
    String b = other.substring(SOURCE.length());
    return SourcePlace.holds(a, b) || SourcePlace.holds(b, a);
  }

  /** A subject as owners know it. */
  static String words(String subject) {
    return subject
        .replaceFirst("^space:", "unit space ")
        .replaceFirst("^frame:", "frame ")
        .replaceFirst("^source:table:", "table ")
        .replaceFirst("^source:", "");
  }

  private static Set<String> places(Frame frame) {
    Set<String> subjects = new TreeSet<>();
    SourcePlace.of(frame.source()).forEach(place -> subjects.add(SOURCE + place));
    return subjects;
  }
}
