package io.sallyport.spark.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Random questions about the people of {@code loud.patients} and {@code loud.stays}. */
final class NoisyQuestions {

  private record Base(String sql, List<String> keys, List<String> numbers) {}

  private static final List<String> PATIENT_KEYS =
      List.of("ward", "sex", "age % 3", "smoker", "team", "ward, sex");
  private static final List<String> PATIENT_NUMBERS =
      List.of("age", "cost", "weight", "least(greatest(skewed, -5D), 1e3D)", "age * 2 - 3");

  private static final List<String> CLAMPED_NUMBERS =
      List.of("least(greatest(age, 0), 99)", "least(greatest(cost, -5D), 1e3D)");

  private final Random random;
  private final Function<NoisyQuestions, Base> bases;

  private NoisyQuestions(long seed, Function<NoisyQuestions, Base> bases) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.bases = bases;
  }

  /** Questions about people with several rows. */
  NoisyQuestions(long seed) {
    this(seed, NoisyQuestions::base);
  }

  /** Questions about people who have one row, or are one: nothing is bounded. */
  static NoisyQuestions ofSingleRows(long seed) {
    return new NoisyQuestions(seed, NoisyQuestions::singleRows);
  }

  String next() {
    Base base = bases.apply(this);
    List<String> columns = new ArrayList<>();
    boolean grouped = random.nextInt(4) > 0;
    String key = pick(base.keys());
    String grouping =
        random.nextInt(5) > 0 ? key : pick(List.of("ROLLUP", "CUBE")) + "(" + key + ")";
    if (grouped) {
      columns.add(key);
    }
    for (int i = 0; i <= random.nextInt(3); i++) {
      columns.add(function(base.numbers()) + " AS f" + i);
    }
    return "SELECT "
        + String.join(", ", columns)
        + " FROM "
        + base.sql()
        + filter(base)
        + (grouped ? " GROUP BY " + grouping : "");
  }

  private String filter(Base base) {
    return random.nextInt(3) > 0
        ? ""
        : " WHERE " + pick(base.numbers()) + " > " + random.nextInt(9);
  }

  private String function(List<String> numbers) {
    String x = pick(numbers);
    return switch (random.nextInt(12)) {
      case 0 -> "count(*)";
      case 1 -> "count(" + x + ")";
      case 2 -> "sum(" + x + ")";
      case 3 -> "avg(" + x + ")";
      case 4 -> "variance(" + x + ")";
      case 5 -> "covar_pop(" + x + ", " + pick(numbers) + ")";
      case 6 -> "median(" + x + ")";
      case 7 -> "count(DISTINCT " + x + ")";
      case 8 -> "max(" + x + ") FILTER (WHERE " + pick(numbers) + " > 1)";
      case 9 -> "count(*) FILTER (WHERE " + x + " > 1)";
      case 10 -> "histogram_numeric(" + x + ", " + (2 + random.nextInt(9)) + ")";
      default -> "sum(CASE WHEN " + x + " > 2 THEN " + pick(numbers) + " END)";
    };
  }

  private Base base() {
    return switch (random.nextInt(14)) {
      case 0, 1 -> new Base("loud.patients", PATIENT_KEYS, PATIENT_NUMBERS);
      case 2 ->
          new Base("loud.stays", List.of("unit_of_care", "days", "stay_id % 4"), List.of("days"));
      case 3 ->
          new Base(
              "loud.patients p "
                  + pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"))
                  + " loud.stays s ON p.patient_id = s.patient_id",
              List.of("ward", "days", "unit_of_care, sex"),
              List.of("age", "days", "cost", "coalesce(days, 3)"));
      case 4 -> withOrWithoutStays("loud.patients");
      case 5 ->
          new Base(
              "loud.patients LEFT JOIN wards USING (ward)",
              List.of("title", "ward", "sex"),
              PATIENT_NUMBERS);
      case 6 ->
          new Base(
              "(SELECT patient_id, unit_of_care AS u, least(greatest(count(*), 0), 7) AS n,"
                  + " max(days) AS d FROM loud.stays GROUP BY patient_id, unit_of_care)",
              List.of("u", "d", "n"),
              List.of("n", "d"));
      case 7 ->
          new Base(
              "(SELECT patient_id, avg(days) AS d, min(days) AS m FROM loud.stays GROUP BY"
                  + " patient_id)",
              List.of("m", "CAST(d AS INT)"),
              List.of("d", "m"));
      case 8 ->
          new Base(
              "(SELECT patient_id, ward, n, v FROM loud.patients UNPIVOT (v FOR n IN (age, cost)))",
              List.of("n", "ward", "v % 3"),
              List.of("least(greatest(v, 0), 99)"));
      case 10 ->
          new Base(
              "(SELECT *, row_number() OVER (PARTITION BY patient_id ORDER BY days) AS r,"
                  + " lag(days, 1, 0) OVER (PARTITION BY patient_id ORDER BY unit_of_care) AS d,"
                  + " max(days) OVER (PARTITION BY patient_id) AS m FROM loud.stays)",
              List.of("r", "m", "unit_of_care, r"),
              List.of("days", "d", "m"));
      case 11 ->
          new Base(
              "(SELECT *, sum(days) OVER (PARTITION BY patient_id ORDER BY days ROWS 1 PRECEDING)"
                  + " AS s, rank() OVER (PARTITION BY patient_id ORDER BY days) AS k FROM loud.stays)",
              List.of("k", "days"),
              List.of("least(greatest(s, 0), 30)", "days"));
      case 12 ->
          new Base(
              "wards w LEFT JOIN loud.patients p ON w.ward = p.ward",
              List.of("w.ward"),
              List.of("age", "cost", "weight"));
      case 9 ->
          new Base(
              "(SELECT patient_id, unit_of_care AS u, days, explode(array(1, 2, 3)) AS e FROM"
                  + " loud.stays)",
              List.of("e", "u, e", "days"),
              List.of("days", "least(greatest(e, 0), 5)"));
      default ->
          new Base(
              "(SELECT patient_id, age AS v FROM loud.patients UNION ALL SELECT patient_id, days"
                  + " FROM loud.stays)",
              List.of("v", "v % 2"),
              List.of("v"));
    };
  }

  private Base withOrWithoutStays(String patients) {
    return new Base(
        patients
            + " p "
            + pick(List.of("LEFT SEMI JOIN", "LEFT ANTI JOIN"))
            + " loud.stays s ON p.patient_id = s.patient_id AND s.days > "
            + random.nextInt(5),
        PATIENT_KEYS,
        PATIENT_NUMBERS);
  }

  private Base singleRows() {
    return switch (random.nextInt(7)) {
      case 0 -> new Base("loud.each", PATIENT_KEYS, PATIENT_NUMBERS);
      case 1 -> new Base("loud.rows", PATIENT_KEYS, CLAMPED_NUMBERS);
      case 2 ->
          new Base(
              "loud.each LEFT JOIN wards USING (ward)",
              List.of("title", "ward", "sex"),
              PATIENT_NUMBERS);
      case 3 ->
          new Base(
              "loud.rows LEFT JOIN wards USING (ward)", List.of("title", "team"), CLAMPED_NUMBERS);
      case 4 -> withOrWithoutStays("loud.each");
      case 5 ->
          new Base(
              "(SELECT *, count(*) OVER (PARTITION BY patient_id) AS n FROM loud.each)",
              List.of("n", "ward, n"),
              PATIENT_NUMBERS);
      default ->
          new Base(
              "(SELECT patient_id, max(age) AS a, sum(cost) AS c FROM loud.patients GROUP BY"
                  + " patient_id)",
              List.of("a", "a % 2"),
              List.of("a", "least(greatest(c, -10D), 10D)"));
    };
  }

  private String pick(List<String> among) {
    return among.get(random.nextInt(among.size()));
  }
}
