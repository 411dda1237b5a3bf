package io.sallyport.spark.missing;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/** What {@code df.na} asks of a plan: a plan over it that goes row by row. */
@FunctionalInterface
public interface MissingQuestion {

  /**
   * The plan that answers.
   *
   * @param input analysed and admitted
   * @throws RefusedException PARAM_INVALID when it names a column that the plan does not have
   */
  LogicalPlan over(LogicalPlan input);

  /** The columns of these names; all for none. */
  static List<Attribute> columns(LogicalPlan input, List<String> names) {
    List<Attribute> all = Scala.list(input.output());
    if (names.isEmpty() || names.equals(List.of("*"))) {
      return all;
    }
    Set<String> wanted = new HashSet<>();
    names.forEach(name -> wanted.add(plain(name)));
    List<Attribute> found = all.stream().filter(c -> wanted.contains(plain(c.name()))).toList();
    if (found.size() < wanted.size()) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "na.fill, na.drop or na.replace names a column that is not there",
          "names of columns, without what they are of");
    }
    return found;
  }

  private static String plain(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("`") && name.endsWith("`");
    return (quoted ? name.substring(1, name.length() - 1) : name).toLowerCase(Locale.ROOT);
  }

  /** The plan with a new value for some columns, under their names. */
  static LogicalPlan changed(
      LogicalPlan input, List<Attribute> columns, UnaryOperator<Expression> change) {
    List<NamedExpression> output = new ArrayList<>();
    for (Attribute column : Scala.<Attribute>list(input.output())) {
      Expression value = columns.contains(column) ? change.apply(column) : column;
      output.add(value == column ? column : Catalyst.alias(value, column.name()));
    }
    return new Project(Scala.seq(output), input);
  }
}
