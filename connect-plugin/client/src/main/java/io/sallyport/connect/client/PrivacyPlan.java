package io.sallyport.connect.client;

import static java.util.stream.Collectors.joining;

import io.sallyport.connect.protocol.AnsweredVerdict;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * What would become of a plan, told before it runs and for free.
 *
 * @param items what the policies say, for each frame, ground, release point and obligation
 */
public record PrivacyPlan(List<Item> items) {

  /** Copies the items. */
  public PrivacyPlan {
    items = List.copyOf(items);
  }

  /**
   * One thing that a policy says. Parts that say nothing are empty.
   *
   * @param frame whose terms
   * @param verdict what follows from them
   * @param code which kind of reason
   * @param subject what the reason is about
   * @param policy the terms, in words
   * @param remedy what would pass
   * @param releasePoint where units get mixed
   * @param obligation what is done to the data on the way out
   */
  public record Item(
      Optional<String> frame,
      AnsweredVerdict verdict,
      Optional<String> code,
      Optional<String> subject,
      Optional<String> policy,
      Optional<String> remedy,
      Optional<String> releasePoint,
      Optional<String> obligation) {

    private String line() {
      return frame.orElse("the plan")
          + ": "
          + verdict
          + code.map(said -> " " + said).orElse("")
          + part("", subject)
          + part("Policy: ", policy)
          + part("What would pass: ", remedy)
          + part("Released at: ", releasePoint)
          + part("Done on the way out: ", obligation);
    }

    private static String part(String title, Optional<String> said) {
      return said.map(text -> "\n    " + title + text).orElse("");
    }
  }

  static PrivacyPlan of(List<Row> rows) {
    return new PrivacyPlan(rows.stream().map(PrivacyPlan::item).toList());
  }

  /** The strictest verdict of all items; a plan that nobody governs is released. */
  public AnsweredVerdict verdict() {
    return items.stream()
        .map(Item::verdict)
        .max(AnsweredVerdict::compareTo)
        .orElse(AnsweredVerdict.RELEASE);
  }

  /** Why it is not simply released. */
  public List<Ground> grounds() {
    return items.stream()
        .filter(item -> item.code.isPresent())
        .map(
            item ->
                new Ground(
                    item.frame.orElse(""),
                    item.code.orElse(""),
                    item.subject.orElse(""),
                    item.policy.orElse(""),
                    item.remedy.orElse("")))
        .toList();
  }

  /** Several lines for a person. */
  @Override
  public String toString() {
    return verdict() + "\n" + items.stream().map(Item::line).collect(joining("\n"));
  }

  private static Item item(Row row) {
    return new Item(
        Answers.said(row, "frame"),
        Answers.name(row, "verdict", AnsweredVerdict.class),
        Answers.said(row, "ground_code"),
        Answers.said(row, "subject"),
        Answers.said(row, "policy"),
        Answers.said(row, "remedy"),
        Answers.said(row, "release_point"),
        Answers.said(row, "obligation"));
  }
}
