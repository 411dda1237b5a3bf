package io.sallyport.spark.summary;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.ColumnLabel;
import io.sallyport.spark.label.NodeLabel;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.summary.SummaryStatistic.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The plan of {@code describe} and {@code summary}: one aggregate of all numeric and string columns
 * without keys, and above it one row for each statistic, of texts, as Spark makes it. The aggregate
 * is a release point like any other, what stands above it is made of what was released.
 *
 * <p>Of people's texts and of direct identifiers it only counts: the rest is NULL, where Spark
 * would read texts as numbers and show the first and the last.
 */
public final class Summary {

  private static final int MOST = 4_096;

  private final LogicalPlan input;
  private final NodeLabel label;
  private final List<Alias> aggregates = new ArrayList<>();

  private Summary(LogicalPlan input) {
    this.input = input;
    this.label = PlanLabels.of(input).root();
  }

  /**
   * The plan that answers.
   *
   * @param input analysed and admitted
   * @throws RefusedException LIMIT_EXCEEDED when columns times statistics are too many
   */
  public static LogicalPlan of(LogicalPlan input, List<SummaryStatistic> statistics) {
    return new Summary(input).plan(statistics);
  }

  private LogicalPlan plan(List<SummaryStatistic> statistics) {
    List<Attribute> columns =
        Scala.<Attribute>list(input.output()).stream()
            .filter(c -> c.dataType() instanceof NumericType || isText(c))
            .toList();
    if ((long) columns.size() * statistics.size() > MOST) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "a summary of too many values",
          "at most " + MOST + ": fewer columns or fewer statistics");
    }
    List<Attribute> output = new ArrayList<>();
    output.add(Catalyst.attribute("summary", DataTypes.StringType, true));
    columns.forEach(c -> output.add(Catalyst.attribute(c.name(), DataTypes.StringType, true)));
    Map<String, List<Expression>> computed = new HashMap<>();
    List<List<Expression>> rows = new ArrayList<>();
    for (SummaryStatistic statistic : statistics) {
      List<Expression> row = new ArrayList<>();
      row.add(new Literal(UTF8String.fromString(statistic.name()), DataTypes.StringType));
      row.addAll(
          computed.computeIfAbsent(
              statistic.name(), name -> columns.stream().map(c -> value(statistic, c)).toList()));
      rows.add(row);
    }
    LogicalPlan values =
        aggregates.isEmpty()
            ? new OneRowRelation()
            : Catalyst.aggregate(List.of(), aggregates, input);
    return new Expand(
        Scala.seq(rows.stream().map(row -> Scala.<Expression>seq(row)).toList()),
        Scala.seq(output),
        values);
  }

  /** A text made of one column of the aggregate, or NULL. */
  private Expression value(SummaryStatistic statistic, Attribute column) {
    Expression value = column;
    if (statistic.values() != Values.ANY) {
      if (isOnlyCounted(column)) {
        return Catalyst.nothing(DataTypes.StringType);
      }
      if (statistic.values() == Values.NUMBERS && isText(column)) {
        value = Catalyst.cast(column, DataTypes.DoubleType);
      }
    }
    Alias aggregate =
        Catalyst.alias(statistic.of(value), statistic.name() + " of " + column.name());
    aggregates.add(aggregate);
    return Catalyst.cast(aggregate.toAttribute(), DataTypes.StringType);
  }

  private boolean isOnlyCounted(Attribute column) {
    ColumnLabel of = label.columns().get(column.exprId());
    return !label.rows().isFree() && (isText(column) || !of.identifiers().isEmpty());
  }

  private static boolean isText(Attribute column) {
    return column.dataType() instanceof StringType;
  }
}
