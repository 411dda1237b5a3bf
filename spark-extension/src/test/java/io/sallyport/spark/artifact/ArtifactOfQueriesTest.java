package io.sallyport.spark.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as Spark's operators make them have, after storage, the bytes that were hashed before. */
final class ArtifactOfQueriesTest {

  @TempDir static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        new SparkSession.Builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.session.timeZone", "America/New_York")
            .config("spark.sql.warehouse.dir", directory.resolve("warehouse").toString())
            .getOrCreate();
    spark
        .sql(
            "SELECT id, id % 7 AS k, IF(id % 5 = 0, NULL, id / 3) AS x, CAST(id * 1.1 AS"
                + " DECIMAL(30, 4)) AS d, concat('ward ', id % 3) AS w, timestamp_micros(id *"
                + " 1000003) AS t, date_add(DATE '1900-01-01', CAST(id AS INT)) AS day, array(id,"
                + " NULL, -id) AS a, named_struct('n', id, 's', array(named_struct('q', 'x'))) AS"
                + " s, map('m', array(1.5D, NULL)) AS m, encode(CAST(id AS STRING), 'UTF-8') AS b"
                + " FROM range(500)")
        .write()
        .parquet(directory.resolve("wide").toString());
  }

  @AfterAll
  static void stop() {
    spark.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM wide",
        "SELECT * FROM wide ORDER BY t DESC LIMIT 20",
        "SELECT k, count(*), avg(x), sum(d), stddev(x) FROM wide GROUP BY k ORDER BY k",
        "SELECT w, collect_list(s), collect_set(k), max(t), min(d) FROM wide GROUP BY w",
        "SELECT a.id, b.s, b.m FROM wide a LEFT JOIN wide b ON a.id = b.id * 2",
        "SELECT id, x FROM wide UNION ALL SELECT k, NULL FROM wide",
        "SELECT k, sum(x) OVER (PARTITION BY w ORDER BY id) FROM wide",
        "SELECT DISTINCT w, a[0] > 3, s.s, day + INTERVAL 1 MONTH FROM wide",
        "SELECT percentile_approx(x, array(0.1, 0.9)), approx_count_distinct(id) FROM wide"
      })
  void rowsOfAQuery_comeBack(String query) {
    String sql = query.replace("wide", "parquet.`" + directory.resolve("wide") + "`");
    QueryExecution execution = spark.sql(sql).queryExecution();
    List<UnsafeRow> rows = new ArrayList<>();
    for (InternalRow row : execution.executedPlan().executeCollect()) {
      rows.add((UnsafeRow) row);
    }
    assertThat(rows).isNotEmpty();
    ArtifactContent content = new ArtifactContent(execution.analyzed().schema(), rows, "{}");
    ArtifactFiles files =
        new ArtifactFiles(
            directory.resolve("artifacts").toUri().toString(),
            new Configuration(false),
            ArtifactKey.loadOrMake(directory.resolve("key")));
    String id = "q" + Integer.toHexString(query.hashCode());
    StoredBytes stored = files.write(id, content);
    assertThat(files.read(id, stored.resultHash())).isEqualTo(content);
  }
}
