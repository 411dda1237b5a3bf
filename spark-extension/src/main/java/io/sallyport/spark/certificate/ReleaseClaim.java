package io.sallyport.spark.certificate;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.selection.PartitionSelection;
import io.sallyport.dp.sensitivity.ContributionBounds;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * What is claimed of a noisy release as a whole.
 *
 * @param bounds what one person contributes at most
 * @param oneRow why no person's contribution needs cutting; empty where it is cut
 * @param keys the number of key columns
 * @param publicKeys the values of each key, where all groups are shown; empty where keys are
 *     selected or there are none
 * @param keyTable public rows, each of which is the key of a group that is shown
 * @param frames the number of frames whose people are counted
 * @param statistics what is released for each group, in the order of the plan's columns
 * @param values what is released for each group from counts of its values, after the statistics
 * @param selection how the groups that are shown are selected; empty where no key tells of people
 *     and no minimum is asked
 * @param minimumUnits the fewest people of a group that is shown; 0 when nothing is asked
 * @param epsilon the most that the release may cost
 * @param delta likewise
 * @param losses what is charged: for the selection, then for each statistic, then for the values
 */
public record ReleaseClaim(
    ContributionBounds bounds,
    Optional<OneRow> oneRow,
    int keys,
    Optional<List<List<Object>>> publicKeys,
    Optional<LogicalPlan> keyTable,
    int frames,
    List<StatisticClaim> statistics,
    List<ValuesClaim> values,
    Optional<PartitionSelection> selection,
    long minimumUnits,
    Epsilon epsilon,
    Delta delta,
    List<PrivacyLoss> losses) {
  public ReleaseClaim {
    statistics = List.copyOf(statistics);
    values = List.copyOf(values);
    losses = List.copyOf(losses);
  }
}
