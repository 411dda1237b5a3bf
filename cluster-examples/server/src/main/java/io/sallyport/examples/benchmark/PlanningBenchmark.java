package io.sallyport.examples.benchmark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import io.sallyport.connect.server.proto.ProtoAdmission;
import io.sallyport.connect.server.proto.TextAdmission;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.BoundViews;
import io.sallyport.spark.admission.AdmitPlan;
import io.sallyport.spark.admission.FunctionTable;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.release.NoiseWish;
import io.sallyport.spark.release.OpenedPort;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.sparkproject.connect.protobuf.CodedInputStream;

/**
 * What Sallyport adds between a request and its verdict, for a plan of a hundred operators: the
 * admission of the message, of the analysed plan, the labels and the decision.
 */
final class PlanningBenchmark {

  private static final int WARM_UPS = 300;
  private static final int ROUNDS = 301;

  /** As Spark's server sets it. */
  private static final int RECURSION_LIMIT = 1024;

  private PlanningBenchmark() {}

  static void run(BenchmarkPort port, PrintStream out) throws Exception {
    Settings settings = BenchmarkPort.installation().settings();
    OpenedPort opened =
        OpenedPort.open(port.analyst(), settings, BenchmarkPort.installation().audit());
    ProtoAdmission admission =
        new ProtoAdmission(
            settings.limits(), FunctionTable::admits, FunctionTable::refusalCode, new NoText());
    ExecutePlanRequest request = LargePlan.request();
    Dataset<Row> asked = asked(port);
    LogicalPlan analysed = analysed(asked);
    PlanLabels labels = PlanLabels.of(analysed);
    Map<String, Took> medians = new LinkedHashMap<>();
    medians.putAll(
        new Times()
            .candidate("message: parse, admit, rewrite", () -> admitted(admission, request))
            .candidate("analysed plan: admit", () -> admitted(analysed))
            .candidate("labels", () -> PlanLabels.of(analysed))
            .candidate(
                "decision",
                () ->
                    opened
                        .release()
                        .judge(analysed, labels, BenchmarkPort.ASKING.principal(), NoiseWish.NONE))
            .medians(WARM_UPS, ROUNDS));
    double all = medians.values().stream().mapToDouble(Took::seconds).sum();
    out.printf("%n%-45s %10s%n", "a plan of " + LargePlan.OPERATORS + " operators", "median ms");
    medians.forEach((name, took) -> out.printf("%-45s %10.2f%n", name, 1000 * took.seconds()));
    out.printf("%-45s %10.2f%n", "all of it", 1000 * all);
  }

  private static ExecutePlanRequest admitted(ProtoAdmission admission, ExecutePlanRequest request)
      throws IOException {
    CodedInputStream bytes = CodedInputStream.newInstance(request.toByteArray());
    bytes.setRecursionLimit(RECURSION_LIMIT);
    return admission.admit(ExecutePlanRequest.parseFrom(bytes));
  }

  private static LogicalPlan admitted(LogicalPlan analysed) {
    return AdmitPlan.admitted(analysed);
  }

  /** The same operators as in {@link LargePlan}, on a sealed leaf. */
  private static Dataset<Row> asked(BenchmarkPort port) {
    LogicalPlan leaf =
        BenchmarkPort.installation()
            .queries()
            .frame(
                "visits_by_user",
                BenchmarkPort.ASKING,
                BenchmarkPort.NO_STORED_PLANS,
                BoundViews.NONE);
    Dataset<Row> asked = org.apache.spark.sql.classic.Dataset.ofRows(port.analyst(), leaf);
    for (int i = 0; i < LargePlan.STEPS; i++) {
      asked = asked.withColumn("c" + i % 7, col("key").plus(i)).filter(col("key").gt(-i));
    }
    asked = asked.filter(col("key").gt(-LargePlan.STEPS));
    return asked.groupBy("key").agg(avg("spend").as("mean")).orderBy("key");
  }

  private static LogicalPlan analysed(Dataset<Row> asked) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) asked).queryExecution().analyzed();
  }

  /** The plan has no text. */
  private static final class NoText implements TextAdmission {
    @Override
    public void expression(String text) {
      throw new IllegalStateException(text);
    }

    @Override
    public void query(String text) {
      throw new IllegalStateException(text);
    }
  }
}
