package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/** Choosing and computing columns, row by row or over many rows. */
final class ProjectWords {

  private ProjectWords() {}

  static Stage project(Project project, List<Stage> inputs, Steps steps) {
    List<Attribute> before = Scala.list(project.child().output());
    List<NamedExpression> columns = Scala.list(project.projectList());
    if (columns.equals(before)) {
      return inputs.get(0);
    }
    List<String> said = new ArrayList<>();
    for (NamedExpression column : columns) {
      said.add(column(column, steps));
    }
    boolean keepsAll =
        columns.size() > before.size() && columns.subList(0, before.size()).equals(before);
    String text =
        keepsAll
            ? "Add to each row: " + String.join("; ", said.subList(before.size(), said.size()))
            : "Of each row, keep only: " + String.join("; ", said);
    return steps.say((said.isEmpty() ? "Of each row, keep no column" : text) + ".");
  }

  static Stage aggregate(Aggregate aggregate, List<Stage> inputs, Steps steps) {
    List<Expression> keys = Scala.list(aggregate.groupingExpressions());
    List<String> keyWords = steps.words().sayAll(keys);
    List<String> said = new ArrayList<>();
    for (NamedExpression column : Scala.<NamedExpression>list(aggregate.aggregateExpressions())) {
      if (!keys.contains(column)) { // a key's value is named already
        said.add(column(column, steps));
      }
    }
    if (said.isEmpty() && aggregate.output().size() == keys.size()) {
      return steps.say("Drop duplicate rows."); // DISTINCT, as Spark's analyzer writes it
    }
    String over = keys.isEmpty() ? "Over all rows together" : "For each " + PlainText.and(keyWords);
    String what = said.isEmpty() ? "" : ": " + String.join("; ", said);
    return steps.say(over + ", make one row" + what + ".");
  }

  /** What a column holds, before the step that makes it is said; its name belongs to that step. */
  private static String column(NamedExpression column, Steps steps) {
    if (!(column instanceof Alias alias)) {
      return steps.words().say((Expression) column);
    }
    String value = steps.words().say(alias.child());
    Attribute made = alias.toAttribute();
    steps.columns().made(made, steps.columns().origins(alias.child()), steps.count() + 1);
    return value + ", called " + steps.columns().of(made);
  }
}
