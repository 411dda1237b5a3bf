package io.sallyport.spark;

import io.sallyport.spark.view.View;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The views that one text or name meets.
 *
 * @param listed those of the session, for who asks what is there
 * @param plans what the views' names in the text mean, by name in lower case: of the moment at
 *     which the text was bound, which for a text in a view is when that view was made
 */
public record BoundViews(List<View> listed, Map<String, Supplier<LogicalPlan>> plans) {

  /** No views. */
  public static final BoundViews NONE = new BoundViews(List.of(), Map.of());

  public BoundViews {
    listed = List.copyOf(listed);
    plans = Map.copyOf(plans);
  }
}
