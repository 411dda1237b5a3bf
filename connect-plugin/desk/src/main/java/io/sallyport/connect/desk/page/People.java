package io.sallyport.connect.desk.page;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** On how many people a result rests: of each aggregate the smallest groups and complements. */
final class People {
  private static final int MOST_GROUPS = 20;

  private People() {}

  /** A cell with a number of people, marked in words and colour when they are too few. */
  static void cell(Markup page, String frame, long people, Thresholds thresholds) {
    if (thresholds.isSmall(frame, people)) {
      page.open("td", "class", "number few").say("strong", String.valueOf(people));
      page.say("span", " under " + thresholds.of(frame)).close();
    } else {
      page.say("td", String.valueOf(people), "class", "number");
    }
  }

  static void show(Markup page, Evidence evidence, Thresholds thresholds) {
    if (evidence.points().isEmpty()) {
      page.say("p", "Nothing was counted.");
    }
    evidence.points().forEach(point -> show(page, point, thresholds));
  }

  private static void show(Markup page, Evidence.Point point, Thresholds thresholds) {
    if (point.note().isPresent()) {
      page.show("p", point.note().get());
      return;
    }
    if (point.keys().isEmpty()) {
      page.say("h3", "All rows together");
    } else {
      page.open("h3").text("For each ").others(String.join(", ", point.keys())).close();
    }
    frames(page, point, thresholds);
    if (!point.groups().isEmpty()) {
      groups(page, point, thresholds);
    }
  }

  private static void frames(Markup page, Evidence.Point point, Thresholds thresholds) {
    page.open("table").open("thead").open("tr");
    for (String title : List.of("Frame", "People inside", "Left out", "In all")) {
      page.say("th", title, "scope", "col");
    }
    page.close().close().open("tbody");
    point
        .frames()
        .forEach(
            (frame, counts) -> {
              page.open("tr").show("td", frame);
              cell(page, frame, counts.inside(), thresholds);
              cell(page, frame, counts.leftOut(), thresholds);
              page.say("td", String.valueOf(counts.total()), "class", "number");
              page.close();
            });
    page.close().close();
  }

  private static void groups(Markup page, Evidence.Point point, Thresholds thresholds) {
    Set<String> frames = new LinkedHashSet<>(point.frames().keySet());
    page.open("table").say("caption", "The smallest groups");
    page.open("thead").open("tr").say("th", "Group", "scope", "col");
    frames.forEach(frame -> page.show("th", "People of " + frame, "scope", "col"));
    page.close().close().open("tbody");
    point.groups().stream()
        .limit(MOST_GROUPS)
        .forEach(
            group -> {
              page.open("tr", "class", thresholds.isSmall(group) ? "small" : "fine");
              page.show("td", String.join(", ", group.key()));
              frames.forEach(
                  frame -> cell(page, frame, group.people().getOrDefault(frame, 0L), thresholds));
              page.close();
            });
    page.close().close();
    long more = point.groupCount() - Math.min(MOST_GROUPS, point.groups().size());
    if (more > 0) {
      page.say("p", "and " + more + " groups of at least as many people", "class", "hint");
    }
  }
}
