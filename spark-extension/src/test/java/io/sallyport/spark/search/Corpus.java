package io.sallyport.spark.search;

import io.sallyport.spark.search.Linear.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Questions written down in a file, one a line; empty lines and those with # say nothing. */
final class Corpus {

  private static final Pattern KEY = Pattern.compile("k\\d");
  private static final Pattern ROWS =
      Pattern.compile(
          "SELECT ([^()]* AS k\\d, )*count\\(\\*\\) AS x0\\b(?!.*UNION ALL SELECT '\\w).*");

  private Corpus() {}

  static List<String> lines(String file) {
    try (InputStream in = Corpus.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A question as it is written, with sums that are given behind {@code ||} or are its own. */
  static Question question(PlainSpark plain, Database database, String line) {
    String[] parts = line.split(" \\|\\| ");
    List<Point> points = new ArrayList<>();
    for (String sql : parts.length > 1 ? List.of(parts).subList(1, 2) : List.of(line)) {
      points.add(point(plain.prepare(database, sql).columns(), sql));
    }
    return new Question(parts[0], points);
  }

  private static Point point(List<String> columns, String sql) {
    int keys = (int) columns.stream().filter(KEY.asMatchPredicate()).count();
    List<Linear> linear = new ArrayList<>();
    for (String column : columns.subList(keys, columns.size())) {
      Kind kind = linear.isEmpty() && ROWS.matcher(sql).matches() ? Kind.ROWS : Kind.ANY;
      linear.add(new Linear(kind, column, column, "", false));
    }
    return new Point(sql, keys, linear, null, true, true);
  }
}
