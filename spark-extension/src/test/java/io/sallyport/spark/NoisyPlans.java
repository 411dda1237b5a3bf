package io.sallyport.spark;

import io.sallyport.spark.admission.AdmitPlan;
import io.sallyport.spark.admission.Analysis;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** A port over the noisy frames, for tests in packages below. */
public final class NoisyPlans implements AutoCloseable {

  private final Port port;

  private NoisyPlans(Port port) {
    this.port = port;
  }

  public static NoisyPlans open(Path directory) {
    return new NoisyPlans(Port.openInterpreting(directory, NoiseData.policies(directory)));
  }

  /** The same on a Spark with more confs. */
  public static NoisyPlans open(Path directory, Map<String, String> spark) {
    return new NoisyPlans(Port.openInterpreting(directory, NoiseData.policies(directory), spark));
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

  @Override
  public void close() {
    port.close();
  }
}
