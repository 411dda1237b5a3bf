package io.sallyport.connect.server.plugin;

import io.sallyport.policy.settings.PlanView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;

/** What of Spark shows plans is off, or allowed by name. */
final class PlanViews {

  private PlanViews() {}

  /**
   * @param allowed what the operator allows
   * @throws RefusedToStart naming each line that turns on something else
   */
  static void require(SparkConf conf, Set<PlanView> allowed) {
    List<String> problems = new ArrayList<>();
    for (PlanView view : PlanView.values()) {
      if (conf.getBoolean(view.conf(), false) && !allowed.contains(view)) {
        problems.add(
            "%s=true   (set it to false, or allow it: spark.sallyport.plans-shown-by=%s)"
                .formatted(view.conf(), view.text()));
      }
    }
    if (!problems.isEmpty()) {
      throw new RefusedToStart(
          "These lines of the Spark conf would show plans and texts of queries to people whom no"
              + " policy knows:\n  "
              + String.join("\n  ", problems));
    }
  }
}
