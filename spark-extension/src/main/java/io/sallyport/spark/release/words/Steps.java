package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;

/** The steps of one plan as they are being said, inputs before the operators over them. */
final class Steps {

  private final List<String> said = new ArrayList<>();
  private final ColumnNames columns;
  private final ExpressionWords words;
  private LogicalPlan parent;

  private Steps(LogicalPlan plan) {
    columns = new ColumnNames(Scala.list(plan.collectLeaves()).size() > 1);
    words = new ExpressionWords(columns);
    parent = plan;
  }

  /** All steps of a plan, the last of which names the result's columns and their origins. */
  static List<String> of(LogicalPlan plan) {
    Steps steps = new Steps(plan);
    steps.walk(plan, plan);
    steps.say(steps.result(Scala.list(plan.output())));
    return steps.said;
  }

  Stage say(String step) {
    said.add(step);
    return Stage.ofStep(said.size());
  }

  /** How many steps were said. */
  int count() {
    return said.size();
  }

  ColumnNames columns() {
    return columns;
  }

  ExpressionWords words() {
    return words;
  }

  /** The operator over the one whose steps are being said; for the root, the root. */
  LogicalPlan parent() {
    return parent;
  }

  /** A column of a union comes from that column of every branch. */
  void unite(Union union) {
    List<Attribute> output = Scala.list(union.output());
    for (int i = 0; i < output.size(); i++) {
      Set<String> origins = new TreeSet<>();
      for (LogicalPlan branch : Scala.children(union)) {
        origins.addAll(columns.origins(Scala.<Attribute>list(branch.output()).get(i)));
      }
      columns.made(output.get(i), origins, count());
    }
  }

  private Stage walk(LogicalPlan plan, LogicalPlan over) {
    List<Stage> inputs = new ArrayList<>();
    for (LogicalPlan child : Scala.children(plan)) {
      inputs.add(walk(child, plan));
    }
    parent = over;
    return OperatorWords.say(plan, inputs, this);
  }

  private String result(List<Attribute> output) {
    List<String> shown = new ArrayList<>();
    for (Attribute column : output) {
      shown.add(columns.of(column) + (columns.isSource(column) ? "" : " (" + from(column) + ")"));
    }
    return shown.isEmpty()
        ? "The result has no columns."
        : "The result has the columns " + String.join(", ", shown) + ".";
  }

  private String from(Attribute column) {
    List<String> origins = List.copyOf(columns.origins(column));
    return origins.isEmpty() ? "from no column's values" : "from " + PlainText.and(origins);
  }
}
