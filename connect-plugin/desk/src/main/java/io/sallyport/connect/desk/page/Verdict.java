package io.sallyport.connect.desk.page;

import io.sallyport.connect.desk.RequestFile;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.request.ApprovalRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a request waits, in one sentence.
 *
 * @param sentence the sentence; may quote names of others
 * @param isGrave whether it is about few people
 */
public record Verdict(String sentence, boolean isGrave) {

  private static final Pattern GROUND =
      Pattern.compile("([A-Z_]+): (.*?)(?: \\((?:[^()]|\\([^()]*\\))*\\))?", Pattern.DOTALL);

  private static final Map<String, String> WORDS =
      Map.of(
          "RAW_OUTPUT",
          "Shows rows of single people, not statistics",
          "AGG_NOT_ALLOWED",
          "Uses a function that may show one person's value",
          "KEY_NOT_ALLOWED",
          "Groups by a column that may point to one person",
          "PREDICATE_NOT_ALLOWED",
          "Selects people by a column that may point to one person",
          "UNIT_LOST",
          "Mixes people in a way that nobody can count");

  /** The sentence for a request and its result. */
  public static Verdict of(RequestFile file, PolicySet policies) {
    if (!file.request().state().isOpen() && file.problem().isPresent()) {
      return first(file.request()); // results of what is decided are not kept for ever
    }
    if (file.problem().isPresent()) {
      return new Verdict("Cannot be approved: " + file.problem().get(), true);
    }
    Evidence evidence = Evidence.of(file.evidence());
    if (evidence.problem().isPresent()) {
      return new Verdict("Cannot be approved: " + evidence.problem().get(), true);
    }
    Thresholds thresholds = new Thresholds(policies);
    boolean asksForGroups =
        grounds(file.request()).stream().anyMatch(g -> g.code().equals("SMALL_GROUP"));
    Optional<Verdict> small =
        evidence.points().stream()
            .flatMap(point -> small(point, thresholds).stream())
            .findFirst()
            .filter(verdict -> asksForGroups);
    return small.orElseGet(() -> first(file.request()));
  }

  /**
   * A reason why a frame's terms ask.
   *
   * @param code the refusal it would have been
   * @param subject in words
   */
  record Ground(String code, String subject) {}

  static List<Ground> grounds(ApprovalRequest request) {
    return request.demands().stream()
        .flatMap(demand -> demand.grounds().stream())
        .map(Verdict::ground)
        .toList();
  }

  static Ground ground(String text) {
    Matcher ground = GROUND.matcher(text);
    return ground.matches() ? new Ground(ground.group(1), ground.group(2)) : new Ground("", text);
  }

  private static Verdict first(ApprovalRequest request) {
    Ground ground = grounds(request).stream().findFirst().orElse(new Ground("", "the policy asks"));
    String words = WORDS.get(ground.code());
    return new Verdict(
        words == null ? sentence(ground.subject()) : words, ground.code().equals("RAW_OUTPUT"));
  }

  private static String sentence(String subject) {
    return subject.isEmpty()
        ? "The policy asks"
        : subject.substring(0, 1).toUpperCase(Locale.ROOT) + subject.substring(1);
  }

  private static Optional<Verdict> small(Evidence.Point point, Thresholds thresholds) {
    List<Evidence.Group> small = point.groups().stream().filter(thresholds::isSmall).toList();
    if (!small.isEmpty()) {
      long fewest =
          small.stream()
              .flatMap(group -> group.people().values().stream())
              .filter(people -> people > 0)
              .mapToLong(Long::longValue)
              .min()
              .orElse(0);
      return Optional.of(
          new Verdict(
              "Would pass but for %d of %d groups with fewer than %d people; the smallest has %d"
                  .formatted(
                      small.size(), point.groupCount(), thresholds.of(point.frames()), fewest),
              true));
    }
    for (Map.Entry<String, Evidence.Counts> frame : point.frames().entrySet()) {
      Evidence.Counts counts = frame.getValue();
      long least = thresholds.of(frame.getKey());
      if (thresholds.isSmall(frame.getKey(), counts.inside())) {
        return Optional.of(
            new Verdict(
                "Rests on %d people of %s, fewer than %d"
                    .formatted(counts.inside(), frame.getKey(), least),
                true));
      }
      if (thresholds.isSmall(frame.getKey(), counts.leftOut())) {
        return Optional.of(
            new Verdict(
                "Leaves out %d people of %s, fewer than %d: the difference to the whole is about them"
                    .formatted(counts.leftOut(), frame.getKey(), least),
                true));
      }
    }
    return Optional.empty();
  }
}
