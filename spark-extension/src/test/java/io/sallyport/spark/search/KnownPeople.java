package io.sallyport.spark.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * 240 people that are made by arithmetic, and their stays. Wards 0 to 2 have 72 people each, half
 * of them women; ward 3 has 24. There are 25 smokers, one of them in ward 3. 30 people have no
 * stay, the others one to three. Person 42 is the only one of age 97, with hiv, with code 2,
 * without lab, whose bill is not what is paid, whose score is NaN, and whose last stay has 97 days.
 *
 * <p>The same people are in frame {@code q}, where small groups are left out, in {@code d}, under
 * dominance, and in {@code r}, where person 42 has two rows.
 */
final class KnownPeople {

  static final int RARE = 42;
  private static final int SIZE = 240;

  private KnownPeople() {}

  /** The database; suppress is for questions about {@code q}. */
  static Database database(boolean suppress) {
    List<Object[]> people = new ArrayList<>();
    for (int pid = 1; pid <= SIZE; pid++) {
      people.add(person(pid));
    }
    List<Object[]> twice = new ArrayList<>(people);
    twice.add(person(RARE));
    Table table = new Table(Database.PEOPLE, people);
    Map<String, Table> tables =
        Map.of(
            "p", table,
            "q", table,
            "d", table,
            "r", new Table(Database.PEOPLE, twice),
            "s", new Table(Database.STAYS, stays()));
    return new Database(suppress ? 1 : 0, "p", "s", 10, suppress, tables);
  }

  /** What the owner says of the other frames. */
  static Map<String, String> policies() {
    return Map.of(
        "q.on-small-group", "suppress",
        "q.unique-unit", "true",
        "d.automatic", "aggregation(10, dominance = p(10))",
        "d.unique-unit", "true");
  }

  private static Object[] person(int pid) {
    boolean rare = pid == RARE;
    int ward = pid % 10 == 9 ? 3 : pid % 10 % 3;
    BigDecimal billed = BigDecimal.valueOf(10_000L + 37L * (pid * 7919 % 1009), 2);
    return new Object[] {
      (long) pid,
      "name " + pid,
      "ssn " + (pid * 31),
      pid * 7 % 5,
      rare ? 97 : 20 + pid * 17 % 60,
      rare
          ? new BigDecimal("177121.50")
          : BigDecimal.valueOf(3_000_000L + 1_013L * (pid * 4001 % 6007), 2),
      rare,
      rare ? null : (Object) (pid * 13 % 9),
      rare ? 1e6 : 20_000.0 + pid * 3571 % 60_000,
      rare ? 2 : 1,
      ward,
      pid / 10 % 2 == 0 ? "F" : "M",
      (byte) (rare ? 97 : pid * 11 % 90),
      billed,
      rare ? billed.subtract(BigDecimal.TEN) : billed,
      (pid % 8 == 1 && ward != 3) || pid == 9,
      rare ? Float.NaN : (float) (pid * 7 % 90)
    };
  }

  private static List<Object[]> stays() {
    List<Object[]> rows = new ArrayList<>();
    for (int pid = 1; pid <= SIZE; pid++) {
      int many = pid % 8 == 0 ? 0 : 1 + pid % 3;
      for (int i = 0; i < many; i++) {
        boolean rare = pid == RARE && i == many - 1;
        rows.add(
            new Object[] {
              (long) pid,
              rare ? 97 : 1 + (pid * 5 + i * 3) % 9,
              100.0 + (pid * 37 + i * 101) % 900,
              (pid + i) % 2 == 0 ? "day" : "night"
            });
      }
    }
    return rows;
  }
}
