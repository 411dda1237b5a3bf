package io.sallyport.spark.noise;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.DenseRank;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Keeps at most so many groups of each person, in each of several groupings: the first in the order
 * of a hash of person and keys under the release's secret, then of the keys themselves.
 *
 * <p>Which groups of a person are kept depends on that person's groups and the secret, on nobody
 * else's rows and not on which task reads them, so a retried task keeps the same ones.
 */
record GroupsPerPerson(
    Attribute person, Optional<Attribute> set, List<Attribute> keys, long most, long secret) {

  GroupsPerPerson {
    keys = List.copyOf(keys);
  }

  /** Brings each person's rows together once; what follows needs no other exchange by person. */
  LogicalPlan together(LogicalPlan rows) {
    return new RepartitionByExpression(
        Scala.<Expression>seq(List.of(person)), rows, Scala.none(), Scala.none());
  }

  /** Rows of one person and group each enter; those of each person's first groups leave. */
  LogicalPlan first(LogicalPlan perGroup) {
    List<SortOrder> order = new ArrayList<>();
    order.add(ascending(hash()));
    keys.forEach(key -> order.add(ascending(key)));
    List<Expression> each = List.copyOf(each());
    WindowSpecDefinition window =
        new WindowSpecDefinition(
            Scala.seq(each),
            Scala.seq(order),
            new SpecifiedWindowFrame(
                RowFrame$.MODULE$, UnboundedPreceding$.MODULE$, CurrentRow$.MODULE$));
    List<Expression> ordered = order.stream().map(SortOrder::child).toList();
    Alias rank = alias(new WindowExpression(new DenseRank(Scala.seq(ordered)), window), "rank");
    LogicalPlan ranked =
        new Window(
            Scala.seq(List.of(rank)), Scala.seq(each), Scala.seq(order), perGroup, Scala.none());
    LogicalPlan first =
        new Filter(
            new LessThanOrEqual(
                rank.toAttribute(),
                Catalyst.integer(Math.toIntExact(Math.min(most, Integer.MAX_VALUE)))),
            ranked);
    return new Project(Scala.seq(Scala.<Attribute>list(perGroup.output())), first);
  }

  /** The columns in whose every value so many groups are kept. */
  List<Attribute> each() {
    List<Attribute> each = new ArrayList<>(List.of(person));
    set.ifPresent(each::add);
    return each;
  }

  /** What groups are kept in the order of: a long. */
  Expression hash() {
    List<Expression> hashed = new ArrayList<>(keys);
    hashed.add(person);
    return new XxHash64(Scala.seq(hashed), secret);
  }

  private static SortOrder ascending(Expression value) {
    return new SortOrder(value, Ascending$.MODULE$, NullsFirst$.MODULE$, Scala.noElements());
  }
}
