package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a question costs at least, and what one costs that fails after data were read. */
final class FailuresTest {

  private static final String EPSILON = "spark.sallyport.query.epsilon";
  private static final String BROKEN = "SELECT count(*) FROM broken.few";

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() throws IOException {
    Map<String, String> keys = new HashMap<>();
    frame(keys, "usual.few", "stays", "usual", "dp(epsilon = 1)");
    frame(keys, "dear.few", "././stays", "dear", "dp(epsilon = 1)");
    keys.put("spark.sallyport.budget.dear.least-epsilon", "0.5");
    frame(keys, "low.few", "./stays", "low", "dp(epsilon = 0.005)");
    frame(keys, "broken.few", "few", "broken", "dp(epsilon = 1)");
    keys.put("spark.sallyport.frame.broken.few.owner", "olga");
    keys.put("spark.sallyport.frame.broken.exact.path", directory.resolve("few").toString());
    keys.put("spark.sallyport.frame.broken.exact.format", "parquet");
    keys.put("spark.sallyport.frame.broken.exact.privacy-unit", "patient_id");
    port = Port.openInterpreting(directory, keys);
    try (Stream<Path> files = Files.list(directory.resolve("few"))) {
      for (Path file : files.toList()) {
        damage(file);
      }
    }
  }

  /** Rows that cannot be read, under a footer that can: the server starts, and questions fail. */
  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.toString().endsWith(".parquet")) {
      Files.write(file, new byte[bytes.length]);
      return;
    }
    int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8) + 8;
    Arrays.fill(bytes, 0, bytes.length - footer, (byte) 0);
    Files.write(file, bytes);
  }

  private static void frame(
      Map<String, String> keys, String name, String path, String space, String rule) {
    String prefix = "spark.sallyport.frame." + name + ".";
    keys.put(prefix + "path", directory.resolve(path).toString());
    keys.put(prefix + "format", "parquet");
    keys.put(prefix + "privacy-unit", "patient_id");
    keys.put(prefix + "unit-space", space);
    keys.put(prefix + "automatic", rule);
    keys.put("spark.sallyport.budget." + space + ".epsilon", "10");
  }

  @AfterAll
  static void close() {
    if (port != null) {
      port.close();
    }
  }

  @BeforeEach
  void newSession() {
    port.newAnalystSession();
  }

  private static void epsilon(String value) {
    port.analystSession().conf().set(EPSILON, value);
  }

  /** Of an account, in epsilon. */
  private static double spent(String space) {
    String text =
        port.sql("SELECT spent FROM sallyport.budgets WHERE account LIKE '%" + space + "%'")
            .get(0)
            .getString(0);
    return text.isEmpty() ? 0 : Double.parseDouble(text.replace("epsilon ", ""));
  }

  @Test
  void aQuestionBelowTheLeastPrice_isRefused_andCostsNothing() {
    epsilon("0.009");
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM usual.few"))
        .hasMessageContaining("PARAM_INVALID")
        .hasMessageContaining("less than a question about the people of frame usual.few costs")
        .hasMessageContaining("What would pass: " + EPSILON + " of at least 0.01");
    assertThatThrownBy(() -> port.explain("SELECT count(*) FROM usual.few"))
        .hasMessageContaining("at least 0.01");
    double before = spent("dear");
    epsilon("0.49");
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM dear.few"))
        .hasMessageContaining("of at least 0.5");
    assertThat(spent("dear")).isEqualTo(before);
  }

  @Test
  void theLeastPrice_andAnOwnersLowerCap_areEnough() {
    epsilon("0.01");
    assertThat(port.sql("SELECT count(*) FROM usual.few")).hasSize(1);
    epsilon("0.5");
    assertThat(port.sql("SELECT count(*) FROM dear.few")).hasSize(1);
    epsilon("0.005");
    assertThat(port.sql("SELECT count(*) FROM low.few")).hasSize(1);
  }

  @Test
  void questionsThatFail_costTheirCap_andAfterThreeTheirPrincipalWaitsForTheOwner() {
    epsilon("0.25");
    for (int i = 1; i <= 3; i++) {
      int asked = i;
      assertThatThrownBy(() -> port.sql(BROKEN + " WHERE days > " + asked))
          .hasMessageContaining("QUERY_FAILED");
      assertThat(spent("broken")).isCloseTo(i, within(0.1));
    }
    List<String> waits =
        List.of("LIMIT_EXCEEDED", "frame broken.few failed after", "clear_failures('ada')");
    assertThatThrownBy(() -> port.sql(BROKEN))
        .hasMessageContainingAll(waits.toArray(String[]::new));
    port = port.restarted();
    assertThatThrownBy(() -> port.sql(BROKEN))
        .hasMessageContainingAll(waits.toArray(String[]::new));
    assertThat(spent("broken")).isCloseTo(3, within(0.1));

    assertThat(port.sql("SELECT count(*) FROM stays")).hasSize(1);
    assertThatThrownBy(() -> port.as(Port.LEE, BROKEN)).hasMessageContaining("QUERY_FAILED");

    String clear = "CALL sallyport.clear_failures('ada')";
    assertThatThrownBy(() -> port.done(Port.ADA, clear)).hasMessageContaining("IDENTITY_MISMATCH");
    port.done(Port.OTTO, clear); // another frame's owner
    assertThatThrownBy(() -> port.sql(BROKEN))
        .hasMessageContainingAll(waits.toArray(String[]::new));

    assertThat(port.done(Port.OLGA, clear).reason()).isEqualTo("3 failures");
    port = port.restarted(); // the record of it names no request that the store would have to have
    assertThatThrownBy(() -> port.sql(BROKEN)).hasMessageContaining("QUERY_FAILED");
  }

  @Test
  void exactQuestionsThatFail_areCountedToo() {
    for (int i = 1; i <= 3; i++) {
      int asked = i;
      assertThatThrownBy(() -> port.sql("SELECT sum(days) FROM broken.exact WHERE days > " + asked))
          .hasMessageContaining("QUERY_FAILED");
    }
    assertThatThrownBy(() -> port.sql("SELECT count(*) FROM broken.exact"))
        .hasMessageContaining("frame broken.exact failed after");
  }
}
