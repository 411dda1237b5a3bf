package io.sallyport.connect.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which loggers may speak. */
class HarmlessLoggersTest {

  private final HarmlessLoggers usual = new HarmlessLoggers(List.of());

  @ParameterizedTest
  @CsvSource({
    "org.apache.spark.sql.execution.datasources.FileSourceStrategy, INFO",
    "org.apache.spark.sql.execution.datasources.v2.V2ScanRelationPushDown, INFO",
    "org.apache.spark.sql.execution.datasources.FileScanRDD, INFO",
    "org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator, ERROR",
    "org.apache.spark.scheduler.TaskSetManager, WARN",
    "org.apache.spark.scheduler.TaskSetManager, ERROR",
    "org.apache.spark.scheduler.DAGScheduler, INFO",
    "org.apache.spark.scheduler.TaskSchedulerImpl, INFO",
    "org.apache.spark.executor.Executor, ERROR",
    "org.apache.spark.storage.BlockManager, WARN",
    "org.apache.spark.sql.connect.utils.ErrorUtils, ERROR",
    "io.sallyport.shaded.postgresql.Driver, ERROR",
    "com.example.SomeLibrary, FATAL",
    "'', ERROR"
  })
  void whatMayQuoteData_orNobodyKnows_isQuiet(String logger, String level) {
    assertThat(usual.mayLog(logger, Level.valueOf(level))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "io.sallyport.spark.Questioning, INFO",
    "io.sallyport.operator, ERROR",
    "org.apache.spark.SparkContext, INFO",
    "org.apache.spark.deploy.worker.Worker, INFO",
    "org.apache.spark.scheduler.cluster.StandaloneSchedulerBackend, INFO",
    "org.apache.spark.scheduler.TaskSchedulerImpl, ERROR",
    "org.apache.spark.executor.CoarseGrainedExecutorBackend, INFO",
    "com.example.SomeLibrary, DEBUG"
  })
  void whatIsKnownToBeHarmless_andWhatIsBelowInfo_speaks(String logger, String level) {
    assertThat(usual.mayLog(logger, Level.valueOf(level))).isTrue();
  }

  @Test
  void loggersOfTheOperatorsChoice_speakToo_andNoneOfASimilarName() {
    HarmlessLoggers more = new HarmlessLoggers(List.of("org.apache.hadoop.fs.s3a"));
    assertThat(more.mayLog("org.apache.hadoop.fs.s3a.S3AFileSystem", Level.INFO)).isTrue();
    assertThat(more.mayLog("org.apache.hadoop.fs.s3atwo.Other", Level.ERROR)).isFalse();
    assertThat(usual.mayLog("org.apache.hadoop.fs.s3a.S3AFileSystem", Level.INFO)).isFalse();
  }
}
