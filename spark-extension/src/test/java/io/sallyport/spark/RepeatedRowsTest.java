package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.policy.decision.RefusalCode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Free rows that repeat a person's rows are found out wherever they are joined. */
final class RepeatedRowsTest {

  private static final String COPIES = "(VALUES (0), (1), (2), (3), (4)) t(j)";
  private static final String WARDS =
      "(VALUES (1), (1), (2), (3), (4), (5), (6)) t(x) ON s.unit_of_care = t.x";

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
        // in what is looked up
        "SELECT sum(s.days) FROM stays s JOIN (SELECT p.patient_id FROM patients p, "
            + COPIES
            + ") q ON q.patient_id = s.patient_id",
        "SELECT count(*) FROM stays s LEFT JOIN (SELECT p.patient_id FROM patients p CROSS JOIN "
            + COPIES
            + ") q ON q.patient_id = s.patient_id",
        "SELECT count(*) FROM patients p CROSS JOIN "
            + COPIES
            + " JOIN stays s ON s.patient_id = p.patient_id",
        // in what is added up by person
        "SELECT sum(c) FROM (SELECT s.patient_id, count(*) AS c FROM stays s JOIN "
            + WARDS
            + " GROUP BY s.patient_id)",
        "SELECT sum(q.c) FROM patients p JOIN (SELECT s.patient_id, count(*) AS c FROM stays s JOIN "
            + WARDS
            + " GROUP BY s.patient_id) q ON p.patient_id = q.patient_id",
        // in both
        "SELECT sum(c) FROM (SELECT s.patient_id, count(*) AS c FROM stays s JOIN (SELECT"
            + " p.patient_id FROM patients p, "
            + COPIES
            + ") q ON q.patient_id = s.patient_id GROUP BY s.patient_id)",
      })
  void copies_areRefused(String query) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> port.sql(query))
        .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.UNIT_AMBIGUOUS));
  }

  @Test
  void rowsThatDiffer_areAnswered() {
    String once =
        "SELECT sum(s.days) FROM %sstays s JOIN (SELECT p.patient_id FROM %spatients p, (VALUES"
            + " (7)) t(j)) q ON q.patient_id = s.patient_id";
    assertThat(port.sql(once.replace("%s", ""))).isEqualTo(port.plain(once.replace("%s", "raw_")));
  }
}
