package io.sallyport.examples.analyst;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A frame small enough to be computed by hand: what Spark computes without us is known exactly. */
final class Visits {

  private static final int PEOPLE = 200;

  private static final Set<String> TOO_FEW = Set.of("saturday", "sunday");

  private record Visit(int person, String day, int minutes) {}

  private static final List<Visit> ALL = all();

  private Visits() {}

  /** Puts the data beside a server's conf and a policy into it. */
  static void addTo(Path conf) throws IOException {
    List<String> csv = new ArrayList<>(List.of("person,day,minutes"));
    ALL.forEach(visit -> csv.add(visit.person + "," + visit.day + "," + visit.minutes));
    Files.write(conf.resolveSibling("visits.csv"), csv);
    List<String> lines = new ArrayList<>(Files.readAllLines(conf));
    Map.of(
            "path", "visits.csv",
            "format", "csv",
            "options.header", "true",
            "options.inferSchema", "true",
            "privacy-unit", "person",
            "on-small-group", "suppress")
        .forEach((key, value) -> lines.add("spark.sallyport.frame.visits." + key + " " + value));
    Files.write(conf, lines);
  }

  /**
   * Day, visits, sum and average of minutes, for the days with enough people, in the order of days'
   * names.
   */
  static List<Row> byDay() {
    Map<String, List<Visit>> days = new TreeMap<>();
    ALL.forEach(visit -> days.computeIfAbsent(visit.day, day -> new ArrayList<>()).add(visit));
    List<Row> rows = new ArrayList<>();
    days.forEach(
        (day, visits) -> {
          if (!TOO_FEW.contains(day)) {
            long sum = visits.stream().mapToLong(Visit::minutes).sum();
            long n = visits.size();
            rows.add(RowFactory.create(day, n, sum, (double) sum / n));
          }
        });
    return rows;
  }

  private static List<Visit> all() {
    List<Visit> visits = new ArrayList<>();
    for (int i = 0; i < 5 * PEOPLE; i++) {
      String day = List.of("monday", "tuesday", "wednesday", "thursday", "friday").get(i % 5);
      visits.add(new Visit(i % PEOPLE, day, 5 + (i * 31) % 90));
    }
    // 60 visits of 6 people each: enough rows, too few people.
    for (int i = 0; i < 60; i++) {
      visits.add(new Visit(i % 6, "saturday", 20));
      visits.add(new Visit(50 + i % 6, "sunday", 30));
    }
    return List.copyOf(visits);
  }
}
