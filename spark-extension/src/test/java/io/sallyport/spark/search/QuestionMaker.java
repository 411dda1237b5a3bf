package io.sallyport.spark.search;

import io.sallyport.spark.search.Linear.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random questions from the admitted grammar about a small database. */
final class QuestionMaker {

  private static final Linear ROWS = new Linear(Kind.ROWS, "count(*)", "", "", false);

  private final Random random;
  private final Database database;
  private final Oddities odd;

  QuestionMaker(Database database, long seed) {
    this.random = new Random((database.seed() * 1_000_003 + seed) * 0x9E3779B97F4A7C15L);
    this.database = database;
    this.odd = new Oddities(random);
  }

  Question next() {
    return switch (random.nextInt(9)) {
      case 0 -> differences();
      case 1 -> random.nextBoolean() ? together() : below();
      default -> grouped();
    };
  }

  /** A select list above an aggregate. */
  private record Shown(List<String> columns, List<Linear> linear) {}

  private Question grouped() {
    Base base = base(true);
    String where = where(base);
    List<String> keys = keys(base);
    Shown shown = shown(base, keys);
    String having = "";
    if (random.nextInt(10) == 0) {
      Statistic limit = Statistic.of(random, base, odd);
      shown.linear.addAll(limit.linear());
      having = " HAVING " + limit.sql() + pick(List.of(" > 5", " < 1000", " IS NOT NULL"));
    }
    String rest = " FROM " + base.sql() + where;
    String order = keys.isEmpty() ? "" : " ORDER BY k0";
    return new Question(
        select(shown.columns) + rest + by(keys) + having + order,
        List.of(point(base, where, keys, shown.linear)));
  }

  /** Numbers of two scalar subqueries, side by side or one less the other. */
  private Question differences() {
    Base base = base(true);
    Statistic statistic = Statistic.of(random, base, odd);
    List<Point> points = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String where = random.nextBoolean() ? "" : where(base);
      numbers.add("(SELECT " + statistic.sql() + " FROM " + base.sql() + where + ")");
      points.add(point(base, where, List.of(), statistic.linear()));
      base = random.nextInt(4) == 0 ? base(true) : base;
      boolean other = random.nextInt(4) == 0 || !points.get(0).sql().contains(base.sql());
      statistic = other ? Statistic.of(random, base, odd) : statistic;
    }
    String sql =
        switch (random.nextInt(4)) {
          case 0 -> "SELECT %s AS x0, %s AS x1";
          case 1 ->
              "WITH a AS (SELECT %s AS n), b AS (SELECT %s AS n) SELECT a.n AS x0, b.n AS x1 FROM a, b";
          default -> "SELECT %s - %s AS x0";
        };
    return new Question(sql.formatted(numbers.get(0), numbers.get(1)), points);
  }

  /** A number above an aggregate per key: all of it together. */
  private Question below() {
    Base base = base(true);
    Statistic n = Statistic.of(random, base, odd);
    Statistic m = Statistic.of(random, base, odd);
    String key = pick(base.keys());
    Base inner =
        new Base(
            "(SELECT %s AS g, %s AS n, %s AS m FROM %s GROUP BY %s) t"
                .formatted(key, n.sql(), m.sql(), base.sql(), key),
            List.of(
                new Col("t.n", Col.Type.INT, List.of("5", "1")),
                new Col("t.m", Col.Type.INT, List.of("5", "1"))),
            List.of("t.n > 3"),
            List.of("t.g"),
            null,
            base.byRows());
    Statistic statistic = Statistic.of(random, inner, odd);
    List<Linear> linear = new ArrayList<>(n.linear());
    linear.addAll(m.linear());
    Point point = point(base, "", List.of(key), linear);
    return new Question(
        "SELECT " + statistic.sql() + " AS x0 FROM " + inner.sql(),
        List.of(
            new Point(point.sql(), 1, point.linear(), point.byRows(), point.rowsTold(), false)));
  }

  /** Parts and a total, or two groupings, in one answer. */
  private Question together() {
    Base base = base(true);
    Statistic statistic = Statistic.of(random, base, odd);
    List<Point> points = new ArrayList<>();
    List<String> branches = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String where = random.nextInt(3) > 0 ? "" : where(base);
      branches.add(
          "SELECT '" + i + "' AS k0, " + statistic.sql() + " AS x0 FROM " + base.sql() + where);
      points.add(point(base, where, List.of(), statistic.linear()));
    }
    return new Question(String.join(" UNION ALL ", branches), points);
  }

  private Point point(Base base, String where, List<String> keys, List<Linear> linear) {
    List<Linear> all = new ArrayList<>();
    all.add(ROWS);
    all.addAll(linear);
    List<Linear> different = all.stream().distinct().limit(14).toList();
    List<String> columns = named(keys, "k");
    columns.addAll(named(different.stream().map(Linear::sql).toList(), "w"));
    return new Point(
        select(columns) + " FROM " + base.sql() + where + by(keys),
        keys.size(),
        different,
        base.byRows(),
        linear.contains(ROWS),
        true);
  }

  private Shown shown(Base base, List<String> keys) {
    List<String> columns = named(keys, "k");
    List<Linear> linear = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    int width = 1 + random.nextInt(3);
    for (int i = 0; i < width; i++) {
      Statistic one = Statistic.of(random, base, odd);
      linear.addAll(one.linear());
      numbers.add(random.nextInt(5) == 0 ? above(one, base, linear) : one.sql());
    }
    columns.addAll(named(numbers, "x"));
    return new Shown(columns, linear);
  }

  /** What is written above an aggregate. */
  private String above(Statistic one, Base base, List<Linear> linear) {
    Statistic other = Statistic.of(random, base, odd);
    return switch (random.nextInt(5)) {
      case 0, 1 -> {
        linear.addAll(other.linear());
        yield one.sql() + pick(List.of(" - ", " / ", " + ", " * ")) + other.sql();
      }
      case 2 -> one.sql() + " * 2 + 1";
      case 3 -> "CASE WHEN count(*) > 5 THEN " + one.sql() + " END";
      default -> "coalesce(" + one.sql() + ", 0)";
    };
  }

  private List<String> keys(Base base) {
    int many = random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(4) / 3;
    return IntStream.range(0, many).mapToObj(i -> pick(base.keys())).distinct().toList();
  }

  private String where(Base base) {
    return random.nextInt(4) > 0 ? "" : " WHERE " + new Grammar(random, base, odd).flag();
  }

  private Base base(boolean nesting) {
    return switch (random.nextInt(nesting ? 14 : 10)) {
      case 0, 1, 2 -> Base.people(database, random, odd);
      case 3, 4 -> Base.stays(database);
      case 5, 6 -> Base.joined(database, random, odd, condition("p"));
      case 7 -> Base.asked(database, random, odd, condition("s"));
      case 8 -> Base.freeRows(database, random, odd);
      case 9 ->
          random.nextBoolean()
              ? Base.union(database, random, odd)
              : Base.freeRows(database, random, odd);
      case 10, 11, 12 -> nested();
      default -> derived();
    };
  }

  /** A further condition of a join. */
  private String condition(String alias) {
    if (random.nextInt(3) > 0) {
      return "";
    }
    Base side = alias.equals("p") ? Base.people(database, random, odd) : Base.stays(database);
    return " AND " + new Grammar(random, side, odd).flag();
  }

  /** Aggregates of each person. */
  private Base nested() {
    Base base = random.nextBoolean() ? Base.stays(database) : Base.people(database, random, odd);
    String where = where(base);
    String inner =
        "(SELECT %s, %s AS a, %s AS b FROM %s%s GROUP BY %s) t"
            .formatted(
                base.unit(), perPerson(base), perPerson(base), base.sql(), where, base.unit());
    List<String> interesting = List.of("1", "0", "97", "3");
    return new Base(
        inner,
        List.of(
            new Col("t.a", Col.Type.INT, interesting), new Col("t.b", Col.Type.INT, interesting)),
        List.of("t.a > 1", "t.a = t.b"),
        List.of("t.a > 1", "t.b > 4"),
        "t.pid",
        null);
  }

  private String perPerson(Base base) {
    Grammar grammar = new Grammar(random, base, odd);
    return switch (random.nextInt(7)) {
      case 0 -> "count(*)";
      case 1 -> "count(" + grammar.number().raw() + ")";
      case 2 -> "count_if(" + grammar.flag() + ")";
      case 3 -> "max(" + grammar.column().raw() + ")";
      case 4 ->
          "count_if(p.diag = 4)"
              .replace("p.diag = 4", base.byRows() == null ? "p.diag = 4" : "s.days = 97");
      default -> "sum(" + grammar.number().raw() + ")";
    };
  }

  /** Columns computed before. */
  private Base derived() {
    Base base = random.nextBoolean() ? Base.stays(database) : Base.people(database, random, odd);
    Grammar grammar = new Grammar(random, base, odd);
    String inner =
        "(SELECT %s, %s AS a, %s AS b, %s AS f, %s AS g FROM %s%s) t"
            .formatted(
                base.unit(),
                grammar.number().raw(),
                grammar.number().raw(),
                grammar.flag(),
                pick(base.keys()),
                base.sql(),
                where(base));
    List<String> interesting = List.of("1", "0", "97", "50");
    return new Base(
        inner,
        List.of(
            new Col("t.a", Col.Type.DOUBLE, interesting),
            new Col("t.b", Col.Type.DOUBLE, interesting)),
        List.of("t.f"),
        List.of("t.f", "t.g"),
        "t.pid",
        base.byRows());
  }

  private static String select(List<String> columns) {
    return "SELECT " + String.join(", ", columns);
  }

  private static List<String> named(List<String> expressions, String letter) {
    return IntStream.range(0, expressions.size())
        .mapToObj(i -> expressions.get(i) + " AS " + letter + i)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String by(List<String> keys) {
    return keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
  }

  private <T> T pick(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }
}
