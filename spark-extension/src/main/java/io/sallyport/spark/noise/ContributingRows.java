package io.sallyport.spark.noise;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * The rows behind a release: each gives its person, its keys and its steps for every statistic.
 *
 * @param plan rows that count
 */
record ContributingRows(
    LogicalPlan plan, Alias person, List<Alias> keys, List<Alias> present, List<Alias> steps) {

  ContributingRows {
    keys = List.copyOf(keys);
    present = List.copyOf(present);
    steps = List.copyOf(steps);
  }

  static ContributingRows of(NoisyPoint point, LogicalPlan input, Map<FrameName, Attribute> units) {
    Alias person = alias(PersonOf.the(units), "person");
    List<FrameName> frames = units.keySet().stream().sorted().toList();
    return new ContributingRows(
        new Filter(point.counts(person.child()), input),
        person,
        point.keys().stream().map(key -> alias(key, "key")).toList(),
        frames.size() == 1
            ? List.of()
            : frames.stream().map(frame -> alias(isThere(units.get(frame)), "present")).toList(),
        point.statistics().stream().map(s -> alias(steps(s, point), "steps")).toList());
  }

  /** Rows that are people need no adding up before they are counted. */
  private static Expression steps(Statistic statistic, NoisyPoint point) {
    return point.singleRows() && statistic.counts() ? statistic.marks() : statistic.steps();
  }

  private static Expression isThere(Attribute unit) {
    return new If(new IsNotNull(unit), Arithmetic.number(1L), Arithmetic.number(0L));
  }

  Attribute personColumn() {
    return person.toAttribute();
  }

  List<Attribute> keyColumns() {
    return attributes(keys);
  }

  Contributions contributions() {
    List<NamedExpression> columns = new ArrayList<>(List.of(person));
    columns.addAll(keys);
    columns.addAll(numbers());
    return over(new Project(Scala.seq(columns), plan));
  }

  /**
   * The same with the rows moved. What is shipped is the steps, or what they are computed from
   * where that is no more.
   */
  Contributions moved(UnaryOperator<LogicalPlan> move) {
    List<Attribute> inputs = inputs();
    if (inputs.size() > numbers().size() || inputs.stream().anyMatch(ContributingRows::isLong)) {
      Contributions each = contributions();
      return each.on(move.apply(each.plan()));
    }
    List<NamedExpression> shipped = new ArrayList<>(List.of(person));
    shipped.addAll(keys);
    shipped.addAll(inputs);
    List<NamedExpression> columns = new ArrayList<>(List.of(personColumn()));
    columns.addAll(keyColumns());
    columns.addAll(numbers());
    return over(new Project(Scala.seq(columns), move.apply(new Project(Scala.seq(shipped), plan))));
  }

  private List<Attribute> inputs() {
    return numbers().stream()
        .flatMap(number -> Scala.<Attribute>list(number.references().toSeq()).stream())
        .distinct()
        .toList();
  }

  private static boolean isLong(Attribute column) {
    return column.dataType().defaultSize() > Long.BYTES;
  }

  private List<Alias> numbers() {
    List<Alias> numbers = new ArrayList<>(present);
    numbers.addAll(steps);
    return numbers;
  }

  private Contributions over(LogicalPlan rows) {
    return new Contributions(
        rows, personColumn(), keyColumns(), attributes(present), attributes(steps));
  }

  private static List<Attribute> attributes(List<Alias> columns) {
    return columns.stream().map(Alias::toAttribute).toList();
  }
}
