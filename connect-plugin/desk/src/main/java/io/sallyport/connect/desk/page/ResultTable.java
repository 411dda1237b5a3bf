package io.sallyport.connect.desk.page;

import io.sallyport.connect.desk.RequestFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows that would leave, and beside each on how many people it rests, where that is told. */
final class ResultTable {

  private final RequestFile file;
  private final Thresholds thresholds;
  private final Optional<Evidence.Point> point;
  private final List<Integer> keys;
  private final Map<List<String>, Evidence.Group> groups = new HashMap<>();

  /** Of one value no more characters are shown. */
  private static final int CELL = 2_000;

  /** From so many characters on, a page takes no further row. */
  private static final int ROOM = 3_000_000;

  private ResultTable(RequestFile file, Evidence evidence, Thresholds thresholds) {
    this.file = file;
    this.thresholds = thresholds;
    this.keys =
        evidence.points().size() == 1
            ? evidence.points().get(0).outputs(file.columns().size())
            : List.of();
    this.point = keys.isEmpty() ? Optional.empty() : Optional.of(evidence.points().get(0));
    point.ifPresent(p -> p.groups().forEach(group -> groups.put(group.key(), group)));
  }

  /**
   * The table; how many of the rows found room.
   *
   * @param first the number of its first row, from 0
   */
  static int show(
      Markup page, RequestFile file, Evidence evidence, Thresholds thresholds, int first) {
    return new ResultTable(file, evidence, thresholds).show(page, first);
  }

  private int show(Markup page, int first) {
    page.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "The result");
    page.open("table");
    page.open("thead").open("tr");
    page.say("th", "#", "scope", "col");
    file.columns().forEach(column -> page.show("th", column, "scope", "col"));
    point.ifPresent(
        p -> p.frames().keySet().forEach(f -> page.show("th", "people of " + f, "scope", "col")));
    page.close().close().open("tbody");
    int shown = 0;
    while (shown < file.rows().size() && (shown == 0 || page.length() < ROOM)) {
      row(page, first + shown + 1L, file.rows().get(shown));
      shown++;
    }
    page.close().close().close();
    if (point.isEmpty()) {
      page.say("p", "On how many people each single row rests is not known.", "class", "hint");
    }
    return shown;
  }

  private void row(Markup page, long number, List<String> row) {
    Optional<Evidence.Group> group = group(row);
    boolean isSmall = group.filter(thresholds::isSmall).isPresent();
    page.open("tr", "class", isSmall ? "small" : "fine");
    page.say("td", String.valueOf(number), "class", "number");
    for (String value : row) {
      if (value == null) {
        page.say("td", "NULL", "class", "null");
      } else {
        page.show("td", CELL, value);
      }
    }
    point.ifPresent(
        p ->
            p.frames()
                .keySet()
                .forEach(
                    frame ->
                        group.ifPresentOrElse(
                            g ->
                                People.cell(
                                    page, frame, g.people().getOrDefault(frame, 0L), thresholds),
                            () -> page.say("td", others(p)))));
    page.close();
  }

  private static String others(Evidence.Point of) {
    return of.groupCount() > of.groups().size() ? "more than those listed" : "not known";
  }

  private Optional<Evidence.Group> group(List<String> row) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    List<String> key = new ArrayList<>();
    keys.forEach(column -> key.add(row.get(column)));
    return Optional.ofNullable(groups.get(key));
  }
}
