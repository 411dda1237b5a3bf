package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Corr;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CountIf;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovSample;
import org.apache.spark.sql.catalyst.expressions.aggregate.HistogramNumeric;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Median;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.PivotFirst;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;

/** Values over many rows. */
final class AggregateWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .before(PivotFirst.class, "for each value its group's value, by")
          .on(AggregateExpression.class, AggregateWords::aggregate)
          .on(Count.class, (e, words) -> count(e, false, words))
          .on(CountIf.class, (e, words) -> "how many rows where " + words.say(e.child()))
          .before(Sum.class, "the sum of")
          .before(Average.class, "the average of")
          .before(StddevSamp.class, "the standard deviation (sample) of")
          .before(StddevPop.class, "the standard deviation (population) of")
          .before(VarianceSamp.class, "the variance (sample) of")
          .before(VariancePop.class, "the variance (population) of")
          .on(Corr.class, (e, words) -> "the correlation of " + two(e, words))
          .on(CovSample.class, (e, words) -> "the covariance (sample) of " + two(e, words))
          .on(CovPopulation.class, (e, words) -> "the covariance (population) of " + two(e, words))
          .before(Min.class, "the smallest")
          .before(Max.class, "the largest")
          .before(Median.class, "the median of")
          .on(
              Percentile.class,
              (e, words) -> percentile(e.child(), e.percentageExpression(), words))
          .on(
              ApproximatePercentile.class,
              (e, words) -> "about " + percentile(e.child(), e.percentageExpression(), words))
          .on(
              HistogramNumeric.class,
              (e, words) ->
                  "a histogram of "
                      + words.operand(e.child())
                      + " in bins, "
                      + words.say(e.nBins()))
          .before(HyperLogLogPlusPlus.class, "about how many different values of");

  private AggregateWords() {}

  private static String aggregate(AggregateExpression aggregate, ExpressionWords words) {
    Expression function = aggregate.aggregateFunction();
    String said;
    if (function instanceof Count count) {
      said = count(count, aggregate.isDistinct(), words);
    } else if (aggregate.isDistinct()) {
      said = words.say(function) + ", each different value once";
    } else {
      said = words.say(function);
    }
    return Scala.optional(aggregate.filter())
        .map(rows -> said + ", only over the rows where " + words.say(rows))
        .orElse(said);
  }

  private static String count(Count count, boolean isDistinct, ExpressionWords words) {
    List<Expression> counted = Scala.children(count);
    if (counted.stream().allMatch(e -> e.foldable() && !e.nullable())) {
      return isDistinct ? "1 when there is any row, else 0" : "how many rows";
    }
    String what = PlainText.and(words.sayAll(counted));
    return isDistinct
        ? "how many different values of " + what
        : "how many rows where " + what + (counted.size() == 1 ? " is" : " are") + " not missing";
  }

  private static String percentile(Expression value, Expression at, ExpressionWords words) {
    return "the percentile " + words.say(at) + " of " + words.operand(value);
  }

  private static String two(Expression function, ExpressionWords words) {
    return words.operand(function, 0) + " and " + words.operand(function, 1);
  }
}
