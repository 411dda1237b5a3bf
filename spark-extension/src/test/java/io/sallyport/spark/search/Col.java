package io.sallyport.spark.search;

import java.util.List;
import java.util.Random;

/**
 * A numeric column of what a question reads.
 *
 * @param sql as the question names it
 * @param values such as are worth comparing with: the rare ones come first
 */
record Col(String sql, Type type, List<String> values) {

  enum Type {
    INT,
    TINY,
    DECIMAL,
    DOUBLE,
    FLOAT
  }

  String value(Random random) {
    return values.get(random.nextInt(3) > 0 ? 0 : random.nextInt(values.size()));
  }

  /** About half of the people have less. */
  String middle() {
    return values.get(1);
  }

  static List<Col> ofPeople(String alias) {
    return List.of(
        new Col(alias + "age", Type.INT, List.of("97", "50", "35", "96", "120")),
        new Col(alias + "age", Type.INT, List.of("97", "50", "35", "96", "120")),
        new Col(alias + "salary", Type.DECIMAL, List.of("177000.25", "50000", "20000.5")),
        new Col(alias + "lab", Type.INT, List.of("0", "4", "2", "8", "100")),
        new Col(alias + "lab", Type.INT, List.of("0", "4", "2", "8", "100")),
        new Col(alias + "income", Type.DOUBLE, List.of("1e9D", "50000D", "2000D")),
        new Col(alias + "code", Type.INT, List.of("2", "1", "0")),
        new Col(alias + "grade", Type.TINY, List.of("97", "40", "60")),
        new Col(alias + "billed", Type.DECIMAL, List.of("13.50", "400", "100")),
        new Col(alias + "paid", Type.DECIMAL, List.of("13.50", "400", "100")),
        new Col(alias + "score", Type.FLOAT, List.of("97F", "50F")));
  }

  static List<Col> ofStays(String alias) {
    return List.of(
        new Col(alias + "days", Type.INT, List.of("97", "4", "6")),
        new Col(alias + "days", Type.INT, List.of("97", "4", "6")),
        new Col(alias + "cost", Type.DOUBLE, List.of("400D", "700D")));
  }
}
