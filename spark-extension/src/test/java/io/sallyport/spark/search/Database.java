package io.sallyport.spark.search;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * People, their stays, and the owner's terms.
 *
 * @param seed from which its rows were made
 * @param people the frame with one row for each person
 * @param stays the frame with several rows, one or none for each person
 * @param k the minimum
 * @param suppress whether small groups are left out, or the whole answer is refused
 * @param tables the rows of both
 */
record Database(
    long seed, String people, String stays, int k, boolean suppress, Map<String, Table> tables) {

  static final String PEOPLE =
      "pid BIGINT, name STRING, ssn STRING, diag INT, age INT, salary DECIMAL(12,2), hiv BOOLEAN,"
          + " lab INT, income DOUBLE, code INT, ward INT, sex STRING, grade TINYINT,"
          + " billed DECIMAL(10,2), paid DECIMAL(10,2), smoker BOOLEAN, score FLOAT";
  static final String STAYS = "pid BIGINT, days INT, cost DOUBLE, kind STRING";
  static final List<String> BLACKLISTED = List.of("name", "ssn", "diag");

  /** Everybody who has a row somewhere. */
  List<Long> everybody() {
    return tables.values().stream()
        .flatMap(table -> table.rows().stream())
        .map(Table::person)
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether the question is about a column with NaN or infinities. */
  boolean hasMissing(String sql) {
    Table table = tables.get(people);
    return Stream.of("income", "score")
        .filter(sql::contains)
        .anyMatch(name -> hasMissing(table, name));
  }

  private static boolean hasMissing(Table table, String name) {
    int column = table.column(name);
    return table.rows().stream()
        .anyMatch(row -> !Double.isFinite(((Number) row[column]).doubleValue()));
  }
}
