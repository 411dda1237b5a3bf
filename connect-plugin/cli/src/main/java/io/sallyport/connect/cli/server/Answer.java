package io.sallyport.connect.cli.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a server, as text that is not safe for a terminal yet.
 *
 * @param columns their names
 * @param rows as many values as columns in each
 */
public record Answer(List<String> columns, List<List<String>> rows) {

  /**
   * @throws IllegalArgumentException when a row has another number of values
   */
  public Answer {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    int width = columns.size();
    if (rows.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException("A row has more or fewer values than there are columns");
    }
  }

  /** Column name to value. */
  public Map<String, String> row(int index) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i), rows.get(index).get(i));
    }
    return fields;
  }
}
