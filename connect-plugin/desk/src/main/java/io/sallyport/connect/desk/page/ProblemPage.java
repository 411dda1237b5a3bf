package io.sallyport.connect.desk.page;

import java.util.Optional;

/** What went wrong, what it means, and where to go. */
public final class ProblemPage {

  private ProblemPage() {}

  /**
   * The page.
   *
   * @param title in a few words of ours
   * @param text what happened; may quote others
   * @param next a path of the desk, and its name
   */
  public static String of(
      Optional<Viewer> viewer, String title, String text, String next, String nextName) {
    return viewer
        .map(who -> Layout.page(who, title, "", page -> content(page, title, text, next, nextName)))
        .orElseGet(() -> Layout.page(title, page -> content(page, title, text, next, nextName)));
  }

  private static void content(
      Markup page, String title, String text, String next, String nextName) {
    page.open("section", "class", "card", "role", "alert");
    page.say("h1", title);
    page.lines(text, "p");
    page.open("p").say("a", nextName, "href", next, "class", "button").close();
    page.close();
  }
}
