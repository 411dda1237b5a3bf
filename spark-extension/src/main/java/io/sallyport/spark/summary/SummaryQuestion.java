package io.sallyport.spark.summary;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * What {@code describe} or {@code summary} asks of a plan.
 *
 * @param columns as the analyst wrote them; none for all
 * @param statistics the rows of the answer, in their order
 */
public record SummaryQuestion(List<String> columns, List<SummaryStatistic> statistics) {

  private static final List<String> DESCRIBED = List.of("count", "mean", "stddev", "min", "max");
  private static final List<String> SUMMARISED =
      List.of("count", "mean", "stddev", "min", "25%", "50%", "75%", "max");

  public SummaryQuestion {
    columns = List.copyOf(columns);
    statistics = List.copyOf(statistics);
  }

  /** {@code df.describe(columns...)}. */
  public static SummaryQuestion describe(List<String> columns) {
    return new SummaryQuestion(columns, statistics(DESCRIBED));
  }

  /**
   * {@code df.summary(statistics...)}.
   *
   * @throws RefusedException PARAM_INVALID when a name is that of no statistic
   */
  public static SummaryQuestion summary(List<String> names) {
    return new SummaryQuestion(List.of(), statistics(names.isEmpty() ? SUMMARISED : names));
  }

  /**
   * The columns that are summarised, unresolved as the plan is. Spark throws, in its own words,
   * when a column's name cannot be read.
   */
  public LogicalPlan selected(LogicalPlan plan) {
    List<NamedExpression> selected =
        columns.stream()
            .map(
                name ->
                    name.equals("*")
                        ? new UnresolvedStar(Scala.none())
                        : UnresolvedAttribute.quotedString(name))
            .map(NamedExpression.class::cast)
            .toList();
    return selected.isEmpty() ? plan : new Project(Scala.seq(selected), plan);
  }

  private static List<SummaryStatistic> statistics(List<String> names) {
    return names.stream()
        .map(name -> SummaryStatistic.of(name).orElseThrow(SummaryQuestion::unknown))
        .toList();
  }

  private static RefusedException unknown() {
    return RefusedException.of(
        RefusalCode.PARAM_INVALID, "a summary of no statistic there is", SummaryStatistic.DEMAND);
  }
}
