package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** The table of operators: for each, which steps it is. One that is not in it is said as it is. */
final class OperatorWords {

  /** Says an operator's own steps; those of its inputs are said already. */
  interface Words<P extends LogicalPlan> {
    Stage say(P operator, List<Stage> inputs, Steps steps);
  }

  private static final Map<Class<?>, Words<LogicalPlan>> ALL = new HashMap<>();

  static {
    on(SealedFrame.class, SourceWords::frame);
    on(LocalRelation.class, SourceWords::rows);
    on(OneRowRelation.class, SourceWords::oneRow);
    on(Range.class, SourceWords::range);
    on(SubqueryAlias.class, (e, in, steps) -> in.get(0)); // a name that no step needs
    on(Project.class, ProjectWords::project);
    on(Aggregate.class, ProjectWords::aggregate);
    on(Expand.class, RepeatWords::expand);
    on(Generate.class, RepeatWords::generate);
    on(Window.class, WindowWords::window);
    on(Join.class, JoinWords::join);
    on(Filter.class, OperatorWords::filter);
    on(Union.class, OperatorWords::union);
    on(Sort.class, OperatorWords::sort);
    on(GlobalLimit.class, OperatorWords::limit);
    on(LocalLimit.class, OperatorWords::partLimit);
    on(Offset.class, OperatorWords::offset);
    on(Distinct.class, (e, in, steps) -> steps.say("Drop duplicate rows."));
    on(Deduplicate.class, OperatorWords::deduplicate);
    on(Sample.class, SampleWords::sample);
  }

  private OperatorWords() {}

  // The words are registered under the exact class and looked up by it, so the cast holds.
  @SuppressWarnings("unchecked")
  private static <P extends LogicalPlan> void on(Class<P> operator, Words<P> words) {
    ALL.put(operator, (plan, inputs, steps) -> words.say((P) plan, inputs, steps));
  }

  /** The classes that have words of their own. */
  static Set<Class<?>> classes() {
    return Set.copyOf(ALL.keySet());
  }

  static Stage say(LogicalPlan operator, List<Stage> inputs, Steps steps) {
    Words<LogicalPlan> words = ALL.get(operator.getClass());
    return words == null ? unknown(operator, inputs, steps) : words.say(operator, inputs, steps);
  }

  private static Stage unknown(LogicalPlan operator, List<Stage> inputs, Steps steps) {
    String text = PlainText.escaped(operator.simpleString(100)).replace("`", "``");
    String of =
        inputs.isEmpty() ? "" : " to " + PlainText.and(inputs.stream().map(Stage::called).toList());
    return steps.say("Apply the operator `" + PlainText.shortened(text, 2000) + "`" + of + ".");
  }

  private static Stage filter(Filter filter, List<Stage> inputs, Steps steps) {
    return steps.say("Keep the rows where " + steps.words().say(filter.condition()) + ".");
  }

  private static Stage union(Union union, List<Stage> inputs, Steps steps) {
    Stage all =
        steps.say(
            "Put "
                + PlainText.and(inputs.stream().map(Stage::called).toList())
                + " under each other, first column under first column"
                + (union.byName() ? ", by their names" : "")
                + "; duplicates stay.");
    steps.unite(union);
    return all;
  }

  private static Stage sort(Sort sort, List<Stage> inputs, Steps steps) {
    List<String> orders = steps.words().sayAll(Scala.<Expression>list(sort.order()));
    String where = sort.global() ? "Sort by " : "Sort each part by ";
    return steps.say(where + String.join(", then ", orders) + ".");
  }

  /** A limit is two operators with one number; it is one step. */
  private static Stage limit(GlobalLimit limit, List<Stage> inputs, Steps steps) {
    return steps.say("Keep only the first " + steps.words().operand(limit.limitExpr()) + " rows.");
  }

  private static Stage partLimit(LocalLimit limit, List<Stage> inputs, Steps steps) {
    if (steps.parent() instanceof GlobalLimit whole
        && whole.limitExpr().equals(limit.limitExpr())) {
      return inputs.get(0);
    }
    return steps.say(
        "Keep only the first "
            + steps.words().operand(limit.limitExpr())
            + " rows of each part of the data.");
  }

  private static Stage offset(Offset offset, List<Stage> inputs, Steps steps) {
    return steps.say(
        "Leave out the first " + steps.words().operand(offset.offsetExpr()) + " rows.");
  }

  private static Stage deduplicate(Deduplicate operator, List<Stage> inputs, Steps steps) {
    List<String> keys = steps.words().sayAll(Scala.<Attribute>list(operator.keys()));
    return steps.say("Keep one row for each different " + PlainText.and(keys) + ".");
  }
}
