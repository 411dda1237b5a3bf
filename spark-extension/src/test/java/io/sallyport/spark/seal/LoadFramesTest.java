package io.sallyport.spark.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.RefusedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Start-up with policies that do not fit the data: every problem is named at once. */
final class LoadFramesTest {

  @TempDir static Path directory;
  private static SparkSession spark;
  private static FrameRelations relations;

  @BeforeAll
  static void start() {
    spark =
        new SparkSession.Builder()
            .master("local[1]")
            .appName("load")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.warehouse.dir", directory.resolve("warehouse").toString())
            .getOrCreate();
    spark
        .sql("SELECT id, CAST(id AS DOUBLE) AS weight, concat('n', id) AS name FROM range(5)")
        .write()
        .parquet(directory.resolve("people").toString());
    relations = new FrameRelations(spark);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  @Test
  void columnsAndTablesThatAreNotThere_areAllNamed() {
    Map<String, String> keys = frame("people", "people", "nobody");
    keys.put("spark.sallyport.frame.people.blacklist", "nam");
    keys.put("spark.sallyport.frame.people.identifiers", "ssn");
    keys.put("spark.sallyport.frame.people.unique", "ID, day");
    keys.put("spark.sallyport.frame.people.column.lab.missing", "public");
    keys.putAll(frame("lost", "nowhere", "id"));
    keys.put("spark.sallyport.public", "missing_table");
    assertThatThrownBy(() -> LoadFrames.load(policies(keys), relations))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("frame.people.privacy-unit: there is no column 'nobody'")
        .hasMessageContaining("its columns are id, weight, name")
        .hasMessageContaining("frame.people.blacklist: there is no column 'nam'")
        .hasMessageContaining("frame.people.identifiers: there is no column 'ssn'")
        .hasMessageContaining("frame.people.unique: there is no column 'day'")
        .hasMessageContaining("frame.people.column.lab.missing: there is no column 'lab'")
        .hasMessageContaining("lost: its data cannot be found or read")
        .hasMessageContaining("missing_table: its data cannot be found or read");
  }

  /** Else they start, and end in QUERY_FAILED or in groups of nobody. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wieght.lower=0, wieght.upper=1|column.wieght: there is no column 'wieght'; its columns are id, weight, name",
        "coode.values=a|column.coode: there is no column 'coode'",
        "name.lower=0, name.upper=1|column.name.lower: the column is of type string; valid are bounds of a number",
        "id.values=abc|column.id.values: 'abc' is no bigint",
        "id.values=7.5|column.id.values: '7.5' is no bigint",
        "weight.values=heavy|column.weight.values: 'heavy' is no double",
      })
  void whatIsDeclaredOfColumns_fitsThem(String declared, String problem) {
    Map<String, String> keys = frame("people", "people", "id");
    for (String one : declared.split(", ", -1)) {
      keys.put(
          "spark.sallyport.frame.people.column." + one.substring(0, one.indexOf('=')),
          one.substring(one.indexOf('=') + 1));
    }
    assertThatThrownBy(() -> LoadFrames.load(policies(keys), relations))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void whatFits_isTaken() {
    Map<String, String> keys = frame("people", "people", "id");
    keys.put("spark.sallyport.frame.people.column.WEIGHT.lower", "0");
    keys.put("spark.sallyport.frame.people.column.WEIGHT.upper", "1");
    keys.put("spark.sallyport.frame.people.column.name.values", "n1,n2");
    keys.put("spark.sallyport.frame.people.column.id.values", "1,-2,007");
    assertThat(LoadFrames.load(policies(keys), relations).tables()).hasSize(1);
  }

  @Test
  void unitThatDoesNotCompareExactly_isNoUnit() {
    assertThatThrownBy(
            () -> LoadFrames.load(policies(frame("people", "people", "weight")), relations))
        .hasMessageContaining("privacy-unit 'weight' is of type double");
  }

  @Test
  void frames_areFoundUnderTheirNames_withoutRegardToCase() {
    FrameCatalog catalog =
        LoadFrames.load(policies(frame("ward.people", "people", "id")), relations);
    assertThat(catalog.seal(List.of("Ward", "PEOPLE")).attributes()).hasSize(3);
    assertThatThrownBy(() -> catalog.seal(List.of("people"))).isInstanceOf(RefusedException.class);
  }

  @Test
  void dataWhoseColumnsChanged_areRefused_notFollowed() {
    FrameCatalog catalog = LoadFrames.load(policies(frame("moving", "moving", "id")), moved("id"));
    FrameTable table = catalog.find(List.of("moving")).orElseThrow();
    spark.sql("DROP TABLE moving_table");
    spark.sql("CREATE TABLE moving_table USING parquet AS SELECT 'x' AS id");
    assertThatThrownBy(() -> relations.relation(table))
        .hasMessageContaining("are not those it had at start-up");
  }

  @Test
  void columnsThatDifferInCaseOnly_areRefusedAtStart_whicheverComesFirst() {
    for (String columns :
        List.of(
            "patient_id, 1 AS age, 2 AS PATIENT_ID",
            "Patient_Id, 1 AS age, 2 AS patient_id",
            "patient_id, 1 AS age, 2 AS `pat\u0131ent_id`",
            "patient_id, 1 AS Age, 2 AS AGE")) {
      asWritten("CREATE OR REPLACE TEMP VIEW twins AS SELECT 7 AS " + columns);
      Map<String, String> keys = new HashMap<>();
      keys.put("spark.sallyport.frame.people.table", "twins");
      keys.put("spark.sallyport.frame.people.privacy-unit", "patient_id");
      assertThatThrownBy(() -> LoadFrames.load(policies(keys), relations))
          .as(columns)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("people: its columns '")
          .hasMessageContaining("are one name, because upper and lower case do not matter");
      assertThatThrownBy(
              () -> LoadFrames.load(policies(Map.of("spark.sallyport.public", "twins")), relations))
          .as(columns)
          .hasMessageContaining("twins: its columns '");
    }
  }

  @Test
  void columnThatIsATwinLater_isRefused_notTakenForTheFirst() {
    spark.sql("CREATE OR REPLACE TEMP VIEW growing AS SELECT 7 AS patient_id");
    Map<String, String> keys = new HashMap<>();
    keys.put("spark.sallyport.frame.growing.table", "growing");
    keys.put("spark.sallyport.frame.growing.privacy-unit", "patient_id");
    FrameTable table =
        LoadFrames.load(policies(keys), relations).find(List.of("growing")).orElseThrow();
    assertThat(relations.relation(table).output().size()).isEqualTo(1);
    asWritten("CREATE OR REPLACE TEMP VIEW growing AS SELECT 8 AS PATIENT_ID, 7 AS patient_id");
    assertThatThrownBy(() -> relations.relation(table))
        .hasMessageContaining("are not those it had at start-up");
  }

  /** Upper and lower case tell names apart, as in a database beside Spark. */
  private static void asWritten(String statement) {
    spark.conf().set("spark.sql.caseSensitive", "true");
    try {
      spark.sql(statement);
    } finally {
      spark.conf().unset("spark.sql.caseSensitive");
    }
  }

  private static FrameRelations moved(String column) {
    spark.sql("CREATE TABLE moving_table USING parquet AS SELECT 1 AS " + column);
    return relations;
  }

  private static PolicySet policies(Map<String, String> keys) {
    return Settings.load(keys).policies();
  }

  private static Map<String, String> frame(String name, String folder, String unit) {
    Map<String, String> keys = new HashMap<>();
    String prefix = "spark.sallyport.frame." + name + ".";
    if (folder.equals("moving")) {
      keys.put(prefix + "table", "moving_table");
    } else {
      keys.put(prefix + "path", directory.resolve(folder).toString());
      keys.put(prefix + "format", "parquet");
    }
    keys.put(prefix + "privacy-unit", unit);
    return keys;
  }
}
