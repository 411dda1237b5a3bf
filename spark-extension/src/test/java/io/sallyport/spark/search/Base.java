package io.sallyport.spark.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a question reads.
 *
 * @param sql what follows FROM
 * @param numbers columns to measure and compare
 * @param flags expressions that are true or false
 * @param keys expressions to group by
 * @param unit the person's column, or null where it is not there any more
 * @param byRows the table each of whose rows is counted by itself, or null
 */
record Base(
    String sql,
    List<Col> numbers,
    List<String> flags,
    List<String> keys,
    String unit,
    String byRows) {

  private static final List<String> PEOPLE_FLAGS = List.of("smoker", "sex = 'F'");
  private static final List<String> PEOPLE_KEYS =
      List.of("ward", "sex", "smoker", "age > 50", "grade > 40");
  private static final List<String> ODD_KEYS =
      List.of(
          "least(exp(pow((%sdiag - 4) * 0.0D, -1)), 1.0D)",
          "CAST((%sage - 97) * 0.0D AS STRING)",
          "%shiv",
          "%scode",
          "%sage DIV 30",
          "%slab > 4",
          "%slab * 0",
          "%slab IS NULL",
          "coalesce(%sage DIV 97, 0)",
          "CAST(%sage + 902 AS DECIMAL(3,0)) IS NULL",
          "%sdiag * 0");

  /** A flag that few may have. */
  String odd() {
    return numbers.get(0).sql().startsWith("p.") ? "p.hiv" : numbers.get(0).sql() + " = 97";
  }

  private static List<String> all(String alias, List<String> expressions) {
    return expressions.stream().map(e -> alias + e).toList();
  }

  private static List<String> peopleKeys(Random random, Oddities odd, String alias) {
    List<String> keys = new ArrayList<>(all(alias, PEOPLE_KEYS));
    if (odd.take(5)) {
      keys = List.of(ODD_KEYS.get(random.nextInt(ODD_KEYS.size())).formatted(alias));
    }
    return keys;
  }

  static Base people(Database database, Random random, Oddities odd) {
    return new Base(
        database.people() + " p",
        Col.ofPeople("p."),
        all("p.", PEOPLE_FLAGS),
        peopleKeys(random, odd, "p."),
        "p.pid",
        null);
  }

  static Base stays(Database database) {
    return new Base(
        database.stays() + " s",
        Col.ofStays("s."),
        List.of("s.kind = 'day'"),
        List.of("s.kind", "s.days > 4", "s.days DIV 5"),
        "s.pid",
        database.stays());
  }

  static Base joined(Database database, Random random, Oddities odd, String condition) {
    String type = List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN").get(random.nextInt(4));
    List<Col> numbers = new ArrayList<>(Col.ofPeople("p."));
    numbers.addAll(Col.ofStays("s."));
    List<String> keys = new ArrayList<>(all("p.", PEOPLE_KEYS));
    keys.add("s.kind");
    boolean comma = type.equals("JOIN") && random.nextInt(3) == 0;
    String on = "p.pid = s.pid" + condition;
    return new Base(
        comma
            ? "(SELECT p.*, s.days, s.cost, s.kind FROM %s p, %s s WHERE %s) p"
                .formatted(database.people(), database.stays(), on)
            : "%s p %s %s s ON %s".formatted(database.people(), type, database.stays(), on),
        comma ? Col.ofPeople("p.") : numbers,
        all("p.", PEOPLE_FLAGS),
        comma ? all("p.", PEOPLE_KEYS) : keys,
        comma || random.nextBoolean() || !type.equals("RIGHT JOIN") ? "p.pid" : "s.pid",
        database.stays());
  }

  /** Those who have a stay, or have none. */
  static Base asked(Database database, Random random, Oddities odd, String condition) {
    String not = random.nextBoolean() ? "NOT " : "";
    String[] parts = {database.people(), database.stays(), condition, not};
    String sql =
        switch (random.nextInt(3)) {
          case 0 ->
              "%1$s p %4$s JOIN %2$s s ON p.pid = s.pid%3$s"
                  .replace("%4$s", not.isEmpty() ? "LEFT SEMI" : "LEFT ANTI");
          case 1 ->
              "(SELECT p.* FROM %1$s p WHERE %4$sEXISTS (SELECT 1 FROM %2$s s WHERE s.pid ="
                  + " p.pid%3$s)) p";
          default ->
              "(SELECT p.* FROM %1$s p WHERE p.pid IN (SELECT s.pid FROM %2$s s WHERE TRUE%3$s)) p";
        };
    Base people = people(database, random, odd);
    return new Base(
        sql.formatted((Object[]) parts), people.numbers, people.flags, people.keys, "p.pid", null);
  }

  /** Public tables and rows of the analyst's own beside people. */
  static Base freeRows(Database database, Random random, Oddities odd) {
    String join =
        switch (odd.take(2) ? random.nextInt(9) : 9 + random.nextInt(4)) {
          case 0 -> "%s p, (VALUES (0), (1)) v(j)";
          case 1 -> "%s p JOIN (VALUES (0), (1)) v(j) ON v.j = 0";
          case 2 -> "%s p JOIN (VALUES (0), (50), (90)) v(j) ON v.j <= p.age";
          case 3 -> "(SELECT * FROM (VALUES (1), (2)) v(j) WHERE j = 1) v JOIN %s p ON v.j = 1";
          case 4 -> lookedUp("SELECT q.pid, f.j FROM %1$s q, (VALUES (0), (1), (2)) f(j)");
          case 5 ->
              lookedUp(
                  "SELECT q.pid, max(f.j) AS j FROM %2$s q, (VALUES (0), (1)) f(j) GROUP BY q.pid");
          case 6 ->
              lookedUp(
                  "SELECT q.pid, count(*) AS j FROM %2$s q JOIN (VALUES (0), (4)) f(j) ON f.j <"
                      + " q.days GROUP BY q.pid");
          case 7 -> lookedUp("SELECT DISTINCT q.pid, f.j FROM %2$s q, wards f");
          case 8 ->
              "%1$s p JOIN (SELECT DISTINCT q.ward AS j FROM %1$s q, wards f) v ON p.ward = v.j";
          case 9 -> "%s p JOIN wards v ON p.ward = v.j";
          case 10 ->
              lookedUp(
                  "SELECT q.pid, count(*) AS j FROM %2$s q JOIN bands f ON q.days >= f.j AND q.days"
                      + " < f.upper GROUP BY q.pid");
          case 11 ->
              "%s p LEFT JOIN wards v ON p.ward = v.j" + (odd.take(2) ? " AND p.age < 90" : "");
          default -> "%s p JOIN bands v ON p.age >= v.j AND p.age < v.upper";
        };
    Base people = people(database, random, odd);
    List<String> flags = new ArrayList<>(people.flags);
    flags.add("v.j = 0");
    flags.add("v.j > 0");
    List<String> keys = new ArrayList<>(people.keys);
    keys.add("v.j");
    String sql = join.formatted(database.people(), database.stays());
    return new Base(sql, people.numbers, flags, keys, "p.pid", null);
  }

  /** Free rows beside the rows that people look up. */
  private static String lookedUp(String query) {
    return "%1$s p JOIN (" + query + ") v ON p.pid = v.pid";
  }

  static Base union(Database database, Random random, Oddities odd) {
    String first = List.of("lab", "age", "code").get(random.nextInt(3));
    return new Base(
        "(SELECT pid, 1 AS b, %s AS v FROM %s UNION ALL SELECT pid, 2 AS b, days AS v FROM %s) u"
            .formatted(first, database.people(), database.stays()),
        List.of(new Col("u.v", Col.Type.INT, List.of("97", "4", "50"))),
        List.of("u.b = 1"),
        List.of("u.b", "u.v > 4"),
        "u.pid",
        database.stays());
  }
}
