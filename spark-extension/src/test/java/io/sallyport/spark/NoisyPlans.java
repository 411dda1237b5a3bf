package io.sallyport.spark;

import io.sallyport.spark.admission.AdmitPlan;
import io.sallyport.spark.admission.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A port over the noisy frames, from a test class's beginning to its end. */
public final class NoisyPlans implements BeforeAllCallback, AfterAllCallback {

  private final Map<String, String> spark;
  private Path directory;
  private Port port;

  public NoisyPlans() {
    this(Map.of());
  }

  /** On a Spark with more confs. */
  public NoisyPlans(Map<String, String> spark) {
    this.spark = Map.copyOf(spark);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("noisy-plans");
    port = Port.openInterpreting(directory, NoiseData.policies(directory), spark);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
    if (port != null) {
      port.close();
    }
    JavaUtils.deleteRecursively(directory.toFile());
  }

  public SparkSession session() {
    return port.base();
  }

  /** SQL text as an admitted plan. */
  public LogicalPlan admitted(String text) {
    Asking asking = port.asking(Port.ADA);
    LogicalPlan plan =
        Analysis.analyse(
            port.analystSession(),
            Analysis.build(
                () ->
                    port.queries()
                        .query(
                            text,
                            asking,
                            stored -> {
                              throw new AssertionError("No plan is stored here");
                            })));
    return AdmitPlan.admitted(plan);
  }
}
