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

  private ResultTable(RequestFile file, Evidence evidence, Thresholds thresholds) {
    this.file = file;
    this.thresholds = thresholds;
    this.keys = evidence.points().size() == 1 ? keys(evidence.points().get(0)) : List.of();
    this.point = keys.isEmpty() ? Optional.empty() : Optional.of(evidence.points().get(0));
    point.ifPresent(p -> p.groups().forEach(group -> groups.put(group.key(), group)));
  }

  /**
   * The table.
   *
   * @param first the number of its first row, from 0
   */
  static void show(
      Markup page, RequestFile file, Evidence evidence, Thresholds thresholds, int first) {
    new ResultTable(file, evidence, thresholds).show(page, first);
  }

  private void show(Markup page, int first) {
    page.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "The result");
    page.open("table");
    page.open("thead").open("tr");
    page.say("th", "#", "scope", "col");
    file.columns().forEach(column -> page.show("th", column, "scope", "col"));
    point.ifPresent(
        p -> p.frames().keySet().forEach(f -> page.show("th", "people of " + f, "scope", "col")));
    page.close().close().open("tbody");
    for (int i = 0; i < file.rows().size(); i++) {
      row(page, first + i + 1L, file.rows().get(i));
    }
    page.close().close().close();
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
        page.show("td", value);
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
                            () -> page.say("td", "more than those listed"))));
    page.close();
  }

  private Optional<Evidence.Group> group(List<String> row) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    List<String> key = new ArrayList<>();
    keys.forEach(column -> key.add(row.get(column) == null ? "NULL" : row.get(column)));
    return Optional.ofNullable(groups.get(key));
  }

  /** Where in a row the keys are; nowhere unless each is a column of that name. */
  private List<Integer> keys(Evidence.Point of) {
    List<Integer> found = new ArrayList<>();
    for (String key : of.keys()) {
      String name = key.substring(key.lastIndexOf('.') + 1).replace("`", "");
      int column = -1;
      for (int i = 0; i < file.columns().size(); i++) {
        if (file.columns().get(i).equalsIgnoreCase(name)) {
          column = column < 0 ? i : Integer.MAX_VALUE;
        }
      }
      if (column < 0 || column == Integer.MAX_VALUE) {
        return List.of();
      }
      found.add(column);
    }
    return found;
  }
}
