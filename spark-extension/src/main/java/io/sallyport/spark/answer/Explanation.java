package io.sallyport.spark.answer;

import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.decision.Obligation;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.release.words.CellsInWords;
import java.util.ArrayList;
import java.util.List;

/**
 * What would become of a question, as far as plan and policy tell: one line for each frame and part
 * of the plan. Nothing runs for it, and nothing of it depends on data.
 *
 * @param frame whose terms
 * @param verdict RELEASE, NEEDS_APPROVAL or REFUSE
 * @param code why, when it is no release
 * @param subject what is not released
 * @param policy the terms, in words
 * @param remedy what would pass
 * @param releasePoint the aggregate that it is about
 * @param obligation what the data must show before rows leave
 */
public record Explanation(
    String frame,
    String verdict,
    String code,
    String subject,
    String policy,
    String remedy,
    String releasePoint,
    String obligation) {

  /** Explains a judged question, but for what is answered with noise. */
  static List<Explanation> of(Inquiry inquiry) {
    List<Explanation> lines = new ArrayList<>();
    inquiry
        .judged()
        .verdict()
        .fold(
            release ->
                lines.addAll(
                    release.obligations().stream()
                        .filter(Explanation::isExact)
                        .map(o -> of(o, inquiry))
                        .toList()),
            asks -> add(lines, "NEEDS_APPROVAL", asks.grounds()),
            refuse -> add(lines, "REFUSE", refuse.grounds()));
    return lines;
  }

  private static boolean add(List<Explanation> lines, String verdict, List<Ground> grounds) {
    return lines.addAll(
        grounds.stream()
            .map(
                ground ->
                    new Explanation(
                        ground.frame().value(),
                        verdict,
                        ground.code().name(),
                        ground.subject(),
                        ground.policy(),
                        ground.remedy(),
                        "",
                        ""))
            .toList());
  }

  private static boolean isExact(Obligation obligation) {
    return obligation.alternatives().get(0).noise().isEmpty();
  }

  /** The frame's automatic rule. */
  static String terms(FrameName frame, Inquiry inquiry) {
    return inquiry
        .port()
        .policies()
        .frame(frame)
        .map(found -> found.policy().automatic().text())
        .orElse("");
  }

  private static Explanation of(Obligation obligation, Inquiry inquiry) {
    String terms = terms(obligation.frame(), inquiry);
    return new Explanation(
        obligation.frame().value(),
        "RELEASE",
        "",
        "",
        "automatic = " + terms,
        "",
        "",
        obligation.minimumUnits() == 0
            ? "nothing more"
            : "every row rests on at least "
                + obligation.minimumUnits()
                + " people; otherwise "
                + otherwise(obligation)
                + cells(obligation.frame(), inquiry));
  }

  /** In which parts people are counted. */
  private static String cells(FrameName frame, Inquiry inquiry) {
    String cells = CellsInWords.of(inquiry.judged().cells(), frame);
    return cells.isEmpty() ? "" : "\npeople are counted in " + cells;
  }

  private static String otherwise(Obligation obligation) {
    return switch (obligation.onSmallGroup()) {
      case SUPPRESS -> "the row is left out";
      case APPROVAL -> obligation.mayAskApproval() ? "the owner is asked" : "it is refused";
    };
  }
}
