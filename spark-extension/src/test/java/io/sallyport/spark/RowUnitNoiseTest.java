package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames whose rows are people each: their rows are told apart by nothing. */
final class RowUnitNoiseTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    Map<String, String> keys = new HashMap<>(NoiseData.policies(directory));
    for (String name : List.of("each.visit", "each.call")) {
      String prefix = "spark.sallyport.frame." + name + ".";
      keys.put(prefix + "path", directory.resolve("stays").toString());
      keys.put(prefix + "format", "parquet");
      keys.put(prefix + "privacy-unit", "row");
      keys.put(prefix + "unit-space", "each");
      keys.put(prefix + "approval", "false");
      keys.put(prefix + "automatic", "dp(epsilon = 100, delta = 0.001, groups = 1, rows = 2)");
    }
    keys.put("spark.sallyport.budget.each.epsilon", "1000000");
    keys.put("spark.sallyport.budget.each.delta", "0.01");
    port = Port.openInterpreting(directory, keys);
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @Test
  void oneFrame_isAnsweredRowByRow() {
    long other = port.sql("SELECT count(*) FROM loud.stays").get(0).getLong(0);

    assertThat(port.sql("SELECT count(*) FROM each.visit").get(0).getLong(0))
        .isBetween(other - 9, other + 9);
  }

  /** Cutting would take all rows for one person's, and cut groups that others are in. */
  @Test
  void unionOfTwo_isRefused() {
    assertThatThrownBy(
            () ->
                port.sql(
                    "SELECT days, count(*) FROM (SELECT days FROM each.visit UNION ALL SELECT days"
                        + " FROM each.call) GROUP BY days"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("UNIT_LOST");
  }
}
