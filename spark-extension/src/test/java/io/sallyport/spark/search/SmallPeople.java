package io.sallyport.spark.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes random small databases, with rare people planted among the others. The minimum {@code k}
 * and what becomes of small groups are random too.
 *
 * <p>Whoever is rare is so in one property: nobody or a few more share it.
 */
final class SmallPeople {

  private static final double[] MISSING = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Random random;
  private final int k;

  private SmallPeople(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    k = 3 + random.nextInt(1 + random.nextInt(8));
  }

  /** A database whose frames are called p and s and the number. */
  static Database database(long seed, int number) {
    SmallPeople maker = new SmallPeople(seed);
    boolean suppress = maker.random.nextInt(4) == 0;
    Table people = maker.people();
    Table stays = new Table(Database.STAYS, maker.staysOf(people.rows()));
    String p = "p" + number;
    String s = "s" + number;
    return new Database(seed, p, s, maker.k, suppress, Map.of(p, people, s, stays));
  }

  private Table people() {
    int size = 6 * k + random.nextInt(random.nextInt(20) == 0 ? 130 : 20);
    List<Object[]> people = new ArrayList<>();
    for (int i = 0; i < Math.max(30, size); i++) {
      people.add(person(i));
    }
    Table table = new Table(Database.PEOPLE, people);
    plant(table, "age", 97);
    plant(table, "hiv", true);
    plant(table, "lab", null);
    plant(table, "code", 2);
    plant(table, "ward", 7);
    plant(table, "paid", new BigDecimal("13.50"));
    plant(table, "grade", (byte) 97);
    plant(table, "score", 97f);
    plant(table, "salary", new BigDecimal("177000.25"));
    plant(table, "income", MISSING[random.nextInt(3)]);
    plantBoth(table);
    return table;
  }

  private Object[] person(int i) {
    BigDecimal billed = BigDecimal.valueOf(2000 + random.nextInt(90000), 2);
    return new Object[] {
      101L + i,
      "name " + i,
      "ssn" + random.nextInt(1000),
      random.nextInt(5),
      20 + random.nextInt(60),
      BigDecimal.valueOf(100_000 + random.nextInt(9_000_000), 2),
      random.nextInt(3) == 0,
      random.nextInt(9),
      (double) (1000 + random.nextInt(90_000)),
      1,
      random.nextInt(2),
      random.nextBoolean() ? "F" : "M",
      (byte) random.nextInt(90),
      billed,
      billed,
      random.nextBoolean(),
      (float) random.nextInt(90)
    };
  }

  /** One person, some or enough of them get the value, and nobody else has it. */
  private void plant(Table table, String column, Object value) {
    int at = table.column(column);
    if (random.nextInt(5) < 2) {
      return;
    }
    if (value instanceof Boolean) {
      table.rows().forEach(row -> row[at] = false);
    }
    int many = random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(2 * k);
    List<Object[]> rows = new ArrayList<>(table.rows());
    Collections.shuffle(rows, random);
    rows.subList(0, Math.min(many, rows.size())).forEach(row -> row[at] = value);
  }

  /** Two flags, each of enough people, and one person has both. */
  private void plantBoth(Table table) {
    if (random.nextInt(3) > 0) {
      return;
    }
    List<Object[]> rows = new ArrayList<>(table.rows());
    Collections.shuffle(rows, random);
    int hiv = table.column("hiv");
    int smoker = table.column("smoker");
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i)[hiv] = i < k + 1;
      rows.get(i)[smoker] = i >= k && i < 2 * k + 2;
    }
  }

  private List<Object[]> staysOf(List<Object[]> people) {
    List<Object[]> rows = new ArrayList<>();
    int none = random.nextInt(3) == 0 ? 1 : random.nextInt(2) * (k + random.nextInt(k));
    int several = random.nextInt(4) == 0 ? 1 : people.size();
    for (int i = none; i < people.size(); i++) {
      int stays = i - none < several ? 1 + random.nextInt(3) : 1;
      for (int j = 0; j < stays; j++) {
        rows.add(stay(Table.person(people.get(i))));
      }
    }
    int unknown = random.nextInt(4) == 0 ? 1 + random.nextInt(2 * k) : 0;
    for (int i = 0; i < unknown; i++) {
      rows.add(stay(5000L + i));
    }
    if (random.nextBoolean()) {
      rows.get(random.nextInt(rows.size()))[1] = 97;
    }
    return rows;
  }

  private Object[] stay(long person) {
    return new Object[] {
      person,
      1 + random.nextInt(9),
      (double) (100 + random.nextInt(900)),
      random.nextBoolean() ? "day" : "night"
    };
  }
}
