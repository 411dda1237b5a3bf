package io.sallyport.connect.desk.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What all pages have around them. */
final class Layout {

  private record Place(String path, String name) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("/", "Requests"),
          new Place("/budgets", "Budgets"),
          new Place("/activity", "Activity"),
          new Place("/policies", "Policies"));

  private Layout() {}

  /** A page of somebody who is logged in. */
  static String page(Viewer viewer, String title, String place, Consumer<Markup> content) {
    return whole(title, Optional.of(viewer), place, content);
  }

  /** A page of anybody. */
  static String page(String title, Consumer<Markup> content) {
    return whole(title, Optional.empty(), "", content);
  }

  private static String whole(
      String title, Optional<Viewer> viewer, String place, Consumer<Markup> content) {
    Markup page = new Markup();
    page.open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.say("title", title + " - Sallyport");
    page.empty("link", "rel", "stylesheet", "href", "/desk.css");
    page.empty("link", "rel", "icon", "href", "/icon.svg", "type", "image/svg+xml");
    page.say("script", "", "src", "/desk.js", "defer", "");
    page.close().open("body");
    page.say("a", "To the content", "href", "#main", "class", "skip");
    page.open("header").say("span", "Sallyport", "class", "name");
    viewer.ifPresent(who -> navigation(page, who, place));
    page.close();
    viewer.flatMap(Viewer::problem).ifPresent(problem -> problem(page, problem));
    page.open("main", "id", "main", "tabindex", "-1");
    content.accept(page);
    page.close().close().close();
    return "<!DOCTYPE html>" + page.html();
  }

  private static void navigation(Markup page, Viewer viewer, String place) {
    page.open("nav", "aria-label", "Pages");
    for (Place one : PLACES) {
      if (one.path().equals(place)) {
        page.say("a", one.name(), "href", one.path(), "aria-current", "page");
      } else {
        page.say("a", one.name(), "href", one.path());
      }
    }
    page.close();
    page.open("form", "method", "post", "action", "/logout", "class", "who");
    csrf(page, viewer);
    page.show("span", viewer.person().name());
    page.say("button", "Log out", "type", "submit", "class", "quiet");
    page.close();
  }

  private static void problem(Markup page, String problem) {
    page.open("div", "class", "alarm", "role", "alert");
    page.say(
        "strong",
        "The policies as they are written now are not in force: the server keeps the former ones,"
            + " which may be looser.");
    page.open("pre").others(problem.replace('\n', ' ')).close();
    page.close();
  }

  /** What makes a form ours. */
  static void csrf(Markup page, Viewer viewer) {
    page.empty("input", "type", "hidden", "name", "csrf", "value", viewer.csrf());
  }
}
