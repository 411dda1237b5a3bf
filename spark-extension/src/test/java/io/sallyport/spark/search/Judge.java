package io.sallyport.spark.search;

import io.sallyport.spark.search.Linear.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * Judges a released answer: it is what plain Spark says, it says nothing of identifiers and of
 * blacklisted columns, and its numbers single nobody out.
 */
final class Judge {

  private final PlainSpark plain;

  Judge(PlainSpark plain) {
    this.plain = plain;
  }

  List<Violation> violations(Database database, Question question, List<Row> released) {
    List<Violation> violations = new ArrayList<>();
    PlainSpark.Prepared whole = plain.prepare(database, question.sql());
    List<String> columns = whole.columns();
    Map<List<Object>, List<Object>> shown = Cells.of(columns, values(released));
    Map<List<Object>, List<Object>> exact = Cells.of(columns, whole.whole());
    violations.addAll(missing(shown));
    if (violations.isEmpty() && comparable(database, question)) {
      violations.addAll(differences(database, shown, exact));
    }
    violations.addAll(hidden(database, whole, columns, exact));
    if (database.suppress() && !shown.isEmpty()) {
      violations.addAll(leftOut(database, question, shown.keySet()));
    }
    violations.addAll(Isolation.of(plain, database, question.points(), shown.keySet()));
    return violations;
  }

  static List<List<Object>> values(List<Row> rows) {
    List<List<Object>> values = new ArrayList<>();
    for (Row row : rows) {
      List<Object> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.get(i));
      }
      values.add(cells);
    }
    return values;
  }

  private static List<Violation> missing(Map<List<Object>, List<Object>> shown) {
    boolean finite =
        shown.values().stream()
            .flatMap(List::stream)
            .noneMatch(v -> v instanceof Double d && !Double.isFinite(d));
    return finite ? List.of() : List.of(new Violation("not finite", shown.toString(), Set.of()));
  }

  /** Numbers that count NaN as missing, or that do not wrap, are not those of plain Spark. */
  private boolean comparable(Database database, Question question) {
    if (database.hasMissing(question.sql())) {
      return false;
    }
    for (Point point : question.points()) {
      for (List<Object> row : plain.prepare(database, point.sql()).whole()) {
        for (int i = 0; i < point.linear().size(); i++) {
          boolean wraps = point.linear().get(i).kind() == Kind.WRAP;
          if (wraps && row.get(point.keys() + i) instanceof Double by && Math.abs(by) > 1) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static List<Violation> differences(
      Database database,
      Map<List<Object>, List<Object>> shown,
      Map<List<Object>, List<Object>> exact) {
    Map<List<Object>, List<Object>> expected = new HashMap<>(exact);
    if (database.suppress()) {
      expected.keySet().retainAll(shown.keySet());
    }
    return Cells.same(shown, expected)
        ? List.of()
        : List.of(new Violation("not Spark's", shown + " for " + expected, Set.of()));
  }

  /** Other names of people, and other values in blacklisted columns, are to change nothing. */
  private static List<Violation> hidden(
      Database database,
      PlainSpark.Prepared question,
      List<String> columns,
      Map<List<Object>, List<Object>> exact) {
    Random random = new Random(database.seed());
    Map<Long, Long> names = new HashMap<>();
    List<Long> people = new ArrayList<>(database.everybody());
    List<Long> others = new ArrayList<>(people);
    Collections.shuffle(others, random);
    for (int i = 0; i < people.size(); i++) {
      names.put(people.get(i), others.get(i));
    }
    List<List<Object>> renamed =
        question.changed(
            row -> {
              Object[] other = row.clone();
              other[0] = names.get(Table.person(row));
              return other;
            });
    List<Violation> violations = new ArrayList<>();
    if (!Cells.same(Cells.of(columns, renamed), exact)) {
      violations.add(new Violation("identifier", "other pids change it", Set.of()));
    }
    List<List<Object>> changed = question.changed(row -> otherSecrets(row, random));
    if (!Cells.same(Cells.of(columns, changed), exact)) {
      violations.add(new Violation("blacklisted", "name, ssn or diag changes it", Set.of()));
    }
    return violations;
  }

  private static Object[] otherSecrets(Object[] row, Random random) {
    Object[] other = row.clone();
    if (row.length > 4) {
      other[1] = "other " + random.nextInt(1000);
      other[2] = "other " + random.nextInt(1000);
      other[3] = (Integer) other[3] + 1 + random.nextInt(7);
    }
    return other;
  }

  /** Whoever is in groups that are left out, together. */
  private List<Violation> leftOut(Database database, Question question, Set<List<Object>> shown) {
    List<Violation> violations = new ArrayList<>();
    for (Point point : question.points()) {
      if (point.keys() > 0 && point.shown() && !question.sql().contains(" HAVING ")) {
        PlainSpark.Prepared prepared = plain.prepare(database, point.sql());
        Effects effects = Effects.ofPeople(prepared, point, database.everybody());
        Set<Long> out = new TreeSet<>();
        for (Effects.Change change : effects.changes()) {
          change
              .differences()
              .forEach(
                  (key, by) -> {
                    if (!shown.contains(key) && by[0] != 0) {
                      out.add(change.person());
                    }
                  });
        }
        if (!out.isEmpty() && out.size() < database.k()) {
          violations.add(new Violation("left out", point.sql(), out));
        }
      }
    }
    return violations;
  }
}
