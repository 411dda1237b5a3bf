package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CumeDist;
import org.apache.spark.sql.catalyst.expressions.DenseRank;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.PercentRank;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.Rank;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Median;
import org.apache.spark.sql.catalyst.expressions.aggregate.PercentileCont;
import org.apache.spark.sql.catalyst.expressions.aggregate.PercentileDisc;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Makes windows depend on a person's rows and on nothing else. Where their order leaves rows equal,
 * Spark takes them as they come, and how they come depends on others' rows; so whatever looks at
 * single rows gets all columns as a last order, in which only rows that are alike are equal.
 */
final class CarryWindows {

  /** Functions for which rows that are equal in the order are one. */
  private static final Set<Class<?>> OF_PEERS =
      Set.of(Rank.class, DenseRank.class, PercentRank.class, CumeDist.class);

  /** Aggregates that no order changes, and that Spark computes over rows without one only. */
  private static final Set<Class<?>> UNORDERED =
      Set.of(Median.class, PercentileCont.class, PercentileDisc.class);

  private CarryWindows() {}

  static LogicalPlan over(Window window, LogicalPlan child) {
    List<NamedExpression> ofPeers = new ArrayList<>();
    List<NamedExpression> ofRows = new ArrayList<>();
    for (NamedExpression column : Scala.<NamedExpression>list(window.windowExpressions())) {
      (isOfPeers(column) ? ofPeers : ofRows).add(column);
    }
    LogicalPlan carried = child;
    if (!ofPeers.isEmpty()) {
      carried =
          new Window(
              Scala.seq(ofPeers),
              window.partitionSpec(),
              window.orderSpec(),
              carried,
              Scala.none());
    }
    if (!ofRows.isEmpty()) {
      List<SortOrder> order = new ArrayList<>(Scala.<SortOrder>list(window.orderSpec()));
      for (Attribute column : Scala.<Attribute>list(window.child().output())) {
        order.add(
            new SortOrder(column, Ascending$.MODULE$, NullsFirst$.MODULE$, Scala.noElements()));
      }
      List<NamedExpression> columns =
          ofRows.stream().<NamedExpression>map(column -> ordered(column, order)).toList();
      carried =
          new Window(
              Scala.seq(columns), window.partitionSpec(), Scala.seq(order), carried, Scala.none());
    }
    return carried;
  }

  private static boolean isOfPeers(NamedExpression column) {
    WindowExpression over = (WindowExpression) ((Alias) column).child();
    if (over.windowFunction() instanceof AggregateExpression of
        && UNORDERED.contains(of.aggregateFunction().getClass())) {
      return true;
    }
    boolean range =
        over.windowSpec().frameSpecification() instanceof SpecifiedWindowFrame frame
            && frame.frameType().equals(RangeFrame$.MODULE$);
    return OF_PEERS.contains(over.windowFunction().getClass())
        || (range && over.windowFunction() instanceof AggregateExpression);
  }

  private static Alias ordered(NamedExpression column, List<SortOrder> order) {
    Alias alias = (Alias) column;
    WindowExpression over = (WindowExpression) alias.child();
    WindowSpecDefinition spec = over.windowSpec();
    Expression ordered =
        new WindowExpression(
            over.windowFunction(),
            new WindowSpecDefinition(
                spec.partitionSpec(), Scala.seq(order), spec.frameSpecification()));
    return new Alias(
        ordered, alias.name(), alias.exprId(), alias.qualifier(), Scala.none(), Scala.noElements());
  }
}
