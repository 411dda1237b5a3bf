package io.sallyport.connect.desk.page;

import io.sallyport.policy.advice.FrameWords;
import io.sallyport.policy.advice.PolicyAdvice;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.PolicySet;
import java.util.List;

/** The terms in force, as words. To read: they are changed in the policies file. */
public final class PoliciesPage {

  private PoliciesPage() {}

  /** The page: the frames on which one decides. */
  public static String of(Viewer viewer, PolicySet policies) {
    List<Frame> own =
        policies.frames().stream().filter(frame -> frame.mayBeDecidedBy(viewer.person())).toList();
    return Layout.page(
        viewer,
        "Policies",
        "/policies",
        page -> {
          page.say("h1", "Policies in force");
          page.open("p", "class", "hint").text("Version ").others(policies.version());
          page.text(". They are changed in the policies file.").close();
          List<String> advice =
              PolicyAdvice.of(policies).stream()
                  .filter(text -> own.stream().anyMatch(frame -> isAbout(text, frame)))
                  .toList();
          if (!advice.isEmpty()) {
            page.open("section", "class", "card verdict").say("h2", "To think about").open("ul");
            advice.forEach(text -> page.show("li", text));
            page.close().close();
          }
          own.forEach(frame -> frame(page, frame, policies));
        });
  }

  private static boolean isAbout(String advice, Frame frame) {
    return advice.startsWith("frame " + frame.name() + ":")
        || advice.startsWith("frame " + frame.name() + " ")
        || advice.startsWith("budget " + frame.facts().unitSpace() + ":");
  }

  private static void frame(Markup page, Frame frame, PolicySet policies) {
    page.open("section", "class", "card").show("h2", frame.name().value()).open("dl");
    for (FrameWords.Term term : FrameWords.of(frame, policies)) {
      page.show("dt", term.name()).show("dd", term.value());
    }
    page.close().close();
  }
}
