package io.sallyport.spark.search;

import io.sallyport.spark.search.Combination.Term;
import io.sallyport.spark.search.Linear.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who is singled out by the sums of an answer: fewer than k, but somebody. Judged by leaving out
 * each person; what is cut away by leaving out each row too.
 */
final class Isolation {

  private static final int MOST = 6;

  private final Database database;
  private final List<Point> points;
  private final List<PlainSpark.Prepared> prepared = new ArrayList<>();
  private final List<Effects> people = new ArrayList<>();
  private final Map<Integer, Effects> rows = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private Isolation(Database database, List<Point> points) {
    this.database = database;
    this.points = points;
  }

  /**
   * The violations, some at most.
   *
   * @param shown keys of the rows that were released
   */
  static List<Violation> of(
      PlainSpark plain, Database database, List<Point> points, Set<List<Object>> shown) {
    Isolation isolation = new Isolation(database, points);
    List<Long> everybody = database.everybody();
    for (Point point : points) {
      PlainSpark.Prepared prepared = plain.prepare(database, point.sql());
      isolation.prepared.add(prepared);
      isolation.people.add(Effects.ofPeople(prepared, point, everybody));
    }
    isolation.judge(shown);
    return isolation.violations;
  }

  private void judge(Set<List<Object>> shown) {
    for (int p = 0; p < points.size() && violations.size() < MOST; p++) {
      cut(p);
      for (List<Object> key : people.get(p).sums().keySet()) {
        if (points.get(p).keys() == 0 || isReleased(points.get(p), key, shown)) {
          row(p, key);
        }
      }
    }
    for (int p = 1; p < points.size(); p++) {
      between(p - 1, p);
    }
  }

  /** Which groups below another aggregate were left out does not show: they are not judged. */
  private boolean isReleased(Point point, List<Object> key, Set<List<Object>> shown) {
    return point.shown() ? shown.contains(key) : !database.suppress();
  }

  /** Rows that count nowhere. */
  private void cut(int p) {
    Point point = points.get(p);
    if (point.linear().get(0).kind() != Kind.ROWS) {
      return;
    }
    Set<Long> concerned = new HashSet<>();
    boolean joined = point.byRows() != null;
    boolean ofPeople = concerns(point, database.people());
    for (String name : List.of(database.people(), database.stays())) {
      if (concerns(point, name) && (joined || !ofPeople || name.equals(database.people()))) {
        database.tables().get(name).rows().forEach(row -> concerned.add(Table.person(row)));
      }
    }
    Set<Long> cut = new TreeSet<>(concerned);
    cut.removeAll(counted(people.get(p)));
    few(cut, "cut away", point.sql());
    boolean outer = point.sql().contains("LEFT JOIN") || point.sql().contains("FULL JOIN");
    if (joined && !outer && concerns(point, point.byRows())) {
      Effects each = rows(p);
      Set<Long> owners = new TreeSet<>();
      each.changes().stream()
          .filter(c -> c.differences().values().stream().allMatch(d -> d[0] == 0))
          .forEach(c -> owners.add(c.person()));
      few(owners, "rows cut away", point.sql());
    }
  }

  private static boolean concerns(Point point, String table) {
    return Pattern.compile("\\b" + table + "\\b").matcher(point.sql()).find();
  }

  private static Set<Long> counted(Effects effects) {
    Set<Long> people = new HashSet<>();
    effects.changes().stream()
        .filter(c -> c.differences().values().stream().anyMatch(d -> d[0] != 0))
        .forEach(c -> people.add(c.person()));
    return people;
  }

  private void row(int p, List<Object> key) {
    List<Linear> linear = points.get(p).linear();
    Set<Long> members = Combination.of(new Term(p, key, 0, 1)).people(people);
    few(members, "group", key.toString());
    for (int i = 1; i < linear.size() && violations.size() < MOST; i++) {
      Linear x = linear.get(i);
      boolean moment = x.kind() == Kind.SQUARE || x.kind() == Kind.PRODUCT;
      if (!moment) {
        check(x.kind().name(), members, !x.shifted(), new Term(p, key, i, 1));
      }
      for (int j = 0; j < linear.size(); j++) {
        Linear y = linear.get(j);
        if (j < i && x.counts() && y.counts()) {
          check(
              "difference of counts",
              members,
              true,
              new Term(p, key, i, 1),
              new Term(p, key, j, -1));
        }
        if (j < i && x.kind() == Kind.ANY) {
          check("difference", members, true, new Term(p, key, i, 1), new Term(p, key, j, -1));
          offTheCommon(p, key, i, j, members);
        }
        boolean alike = x.where().equals(y.where());
        boolean told = j > 0 || points.get(p).rowsTold();
        if (x.kind() == Kind.UNITS && y.kind() == Kind.ROWS && alike && told) {
          check(
              "rows less people", members, false, new Term(p, key, j, 1), new Term(p, key, i, -1));
        }
        if (x.kind() == Kind.SUM && y.kind() == Kind.SUM && j < i && alike) {
          check(
              "difference of sums",
              members,
              false,
              new Term(p, key, j, 1),
              new Term(p, key, i, -1));
        }
        if (x.kind() == Kind.SUM && y.kind() == Kind.COUNT && alike && x.of().equals(y.of())) {
          offTheCommon(p, key, i, j, members);
        }
      }
      if (moment) {
        Moments.of(linear, i).ifPresent(m -> moment(p, key, m, members));
      }
    }
  }

  private void offTheCommon(int p, List<Object> key, int sum, int count, Set<Long> members) {
    Common common = Common.of(people.get(p), key, sum, count);
    if (common.share(1) > 0.5) {
      double c = common.value(0);
      check(
          "off the common value",
          members,
          false,
          new Term(p, key, sum, 1),
          new Term(p, key, count, -c));
    }
  }

  private void moment(int p, List<Object> key, Moments m, Set<Long> members) {
    Common x = Common.of(people.get(p), key, m.x(), m.n());
    Common y = Common.of(people.get(p), key, m.y(), m.n());
    boolean square = m.x() == m.y();
    if (square ? x.share(2) <= 2.0 / 3 : x.share(1) <= 0.5 || y.share(1) <= 0.5) {
      return;
    }
    double a = x.value(0);
    double b = square ? x.value(1) : y.value(0);
    check(
        square ? "square" : "product",
        members,
        false,
        new Term(p, key, m.xy(), 1),
        new Term(p, key, m.x(), -b),
        new Term(p, key, m.y(), -a),
        new Term(p, key, m.n(), a * b));
  }

  /** What two aggregates of one answer count or add up alike. */
  private void between(int p, int q) {
    if (points.get(p).keys() > 0 || points.get(q).keys() > 0) {
      return;
    }
    List<Object> key = List.of();
    for (int i = 0; i < points.get(p).linear().size(); i++) {
      for (int j = 0; j < points.get(q).linear().size(); j++) {
        Linear x = points.get(p).linear().get(i);
        Linear y = points.get(q).linear().get(j);
        boolean sums = x.kind() == Kind.SUM && y.kind() == Kind.SUM && x.of().equals(y.of());
        boolean counts = x.kind() == y.kind() && x.of().equals(y.of()) && x.counts();
        if (violations.size() < MOST && (counts || (sums && !x.shifted() && !y.shifted()))) {
          check("difference", Set.of(), true, new Term(p, key, i, 1), new Term(q, key, j, -1));
        }
      }
    }
  }

  /**
   * Finds few people behind a combination.
   *
   * @param strict whether fewer than k are too few in any case; otherwise only if it is nothing for
   *     more than half of the members
   */
  private void check(String what, Set<Long> members, boolean strict, Term... terms) {
    Combination combination = Combination.of(terms);
    Set<Long> found = combination.people(people);
    if (found.isEmpty() || found.size() >= database.k()) {
      return;
    }
    if (!strict) {
      Set<Long> others = new HashSet<>(members);
      others.removeAll(found);
      if (others.size() * 2 <= members.size()) {
        return;
      }
    }
    few(found, what, describe(terms));
  }

  private Effects rows(int p) {
    return rows.computeIfAbsent(
        p,
        point ->
            Effects.ofRows(
                prepared.get(point),
                points.get(point),
                database.tables().get(points.get(point).byRows())));
  }

  private String describe(Term... terms) {
    StringBuilder text = new StringBuilder();
    for (Term term : terms) {
      text.append(
          " %+.6g * %s"
              .formatted(term.factor(), points.get(term.point()).linear().get(term.sum()).sql()));
    }
    return text + " where " + terms[0].key();
  }

  private void few(Set<Long> found, String what, String detail) {
    if (!found.isEmpty() && found.size() < database.k()) {
      violations.add(new Violation(what, detail, Set.copyOf(found)));
    }
  }
}
