package io.sallyport.spark.answer;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.spark.Asked;
import io.sallyport.spark.Asking;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.record.QuestionText;
import io.sallyport.spark.release.FrameTotals;
import io.sallyport.spark.release.Judged;
import io.sallyport.spark.release.NoiseWish;
import io.sallyport.spark.release.OpenedPort;
import io.sallyport.spark.release.Unseal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * One question on its way: who asks, the analysed plan with its verdict, and the one reading of the
 * data that everything about it goes through.
 *
 * @param key what a grant must be about to be one for this question
 */
public record Inquiry(
    OpenedPort port,
    Asking asking,
    Asked asked,
    Judged judged,
    Unseal reading,
    QuestionKey key,
    QuestionText text) {

  /**
   * Judges an admitted plan.
   *
   * @throws io.sallyport.spark.RefusedException PARAM_INVALID for less than the least price
   */
  public static Inquiry of(
      OpenedPort port,
      LogicalPlan admitted,
      PlanLabels labels,
      QuestionText text,
      Asked asked,
      Asking asking,
      NoiseWish wish) {
    Judged judged = port.release().judge(admitted, labels, asking.principal(), wish);
    LeastPrice.require(judged.noise(), wish, port.policies());
    Unseal reading = port.release().reading();
    QuestionKey key =
        new QuestionKey(
            asking.principal().name(),
            text.hash(),
            port.policies().versionOf(labels.root().sources()),
            reading.dataVersion(FrameTotals.tables(admitted)));
    return new Inquiry(port, asking, asked, judged, reading, key, text);
  }

  LogicalPlan plan() {
    return judged.plan();
  }

  Set<FrameName> sources() {
    return new TreeSet<>(judged.labels().root().sources());
  }

  List<FrameName> sourceList() {
    return List.copyOf(sources());
  }
}
