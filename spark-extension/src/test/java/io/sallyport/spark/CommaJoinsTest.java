package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code FROM a, b WHERE a.x = b.x} gets the verdict, and the answer, of JOIN ... ON. */
final class CommaJoinsTest {

  @TempDir static Path directory;
  private static Port port;

  @BeforeAll
  static void open() {
    port = Port.openInterpreting(directory);
  }

  @AfterAll
  static void close() {
    port.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT p.sex, sum(s.days) FROM %sstays s, %spatients p"
            + " WHERE s.patient_id = p.patient_id GROUP BY p.sex ORDER BY 1",
        "SELECT w.title, count(*) FROM %sstays s, wards w WHERE s.unit_of_care = w.ward"
            + " GROUP BY w.title ORDER BY 1",
        "SELECT w.title, p.sex, count(*) FROM wards w, %sstays s, %spatients p WHERE"
            + " p.patient_id = s.patient_id AND s.unit_of_care = w.ward AND w.ward < 3"
            + " AND w.ward % 2 = 1 GROUP BY w.title, p.sex ORDER BY 1, 2",
        "SELECT b.name, count(*) FROM %spatients p, (VALUES (20, 39, 'young'), (40, 79, 'old'))"
            + " b(low, high, name) WHERE p.age BETWEEN b.low AND b.high GROUP BY b.name ORDER BY 1",
        "SELECT count(*) FROM %spatients p, (VALUES (0), (1)) v(s) WHERE v.s = 0",
        "SELECT sum(a.days) FROM (SELECT s.days FROM %sstays s, %spatients p"
            + " WHERE s.patient_id = p.patient_id AND p.sex = 'F') a"
      })
  void comma_isAJoin(String template) {
    assertThat(port.sql(template.replace("%s", "")).toString())
        .isEqualTo(port.plain(template.replace("%s", "raw_")).toString());
  }

  /** Time grows with relations times conditions, and there are not too many of either. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyRelations_areRefused() {
    assertThatThrownBy(() -> port.sql(chained(65)))
        .hasMessageContaining("LIMIT_EXCEEDED")
        .hasMessageContaining("joined-relations");
    assertThat(port.sql(chained(8))).hasSize(1);
  }

  private static String chained(int relations) {
    String tables =
        IntStream.range(0, relations)
            .mapToObj(i -> "wards w" + i)
            .collect(Collectors.joining(", "));
    String ties =
        IntStream.range(1, relations)
            .mapToObj(i -> "w%d.ward = w%d.ward".formatted(i - 1, i))
            .collect(Collectors.joining(" AND "));
    return "SELECT count(*) FROM " + tables + " WHERE " + ties;
  }

  @Test
  void copies_areRefusedInBothSpellings() {
    for (String join :
        new String[] {
          "patients p, (VALUES (0), (1)) v(s)",
          "patients p CROSS JOIN (VALUES (0), (1)) v(s)",
          "patients p JOIN (VALUES (37), (37)) v(s) ON p.age = v.s"
        }) {
      assertThatThrownBy(() -> port.sql("SELECT count(*), sum(cost) FROM " + join))
          .hasMessageContaining("UNIT_AMBIGUOUS");
    }
  }
}
