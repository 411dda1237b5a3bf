package io.sallyport.spark.admission;

import io.sallyport.spark.rows.CellBytes;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/** How long the texts of a plan's columns may be, operator by operator from the leaves. */
final class ColumnTexts {

  /** What an entry of a list takes beside its bytes, for each of these. */
  private static final double OF_A_LIST = 16;

  private final Map<ExprId, TextSize> columns = new HashMap<>();
  private final TextSizes sizes;
  private double longest;

  /**
   * @param looked is shown each part of each expression
   */
  ColumnTexts(TextSizes.Looked looked) {
    sizes = new TextSizes(columns, looked);
  }

  /** Goes on to an operator; its inputs were there before. */
  void add(LogicalPlan plan) {
    List<LogicalPlan> children = Scala.children(plan);
    List<Attribute> output = Scala.list(plan.output());
    TextSize most = TextSize.NONE;
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      most = most.max(whole(expression));
    }
    for (LogicalPlan child : children) {
      for (Attribute column : Scala.<Attribute>list(child.output())) {
        columns.putIfAbsent(column.exprId(), TextSize.STORED);
        most = most.max(columns.get(column.exprId()));
      }
    }
    for (int i = 0; i < output.size(); i++) {
      ExprId id = output.get(i).exprId();
      if (plan instanceof Union) {
        columns.put(id, place(children, i));
      } else if (!children.isEmpty()) {
        columns.putIfAbsent(id, most);
      } else if (TextSizes.isText(output.get(i))) {
        TextSize own = TextSize.own((double) CellBytes.longest(plan, i));
        longest = Math.max(longest, own.beyond());
        columns.put(id, own);
      }
    }
  }

  /** What the longest text of all rows that come along has beyond a stored one. */
  double longest() {
    return longest;
  }

  /** All texts of a row of an operator that was added. */
  TextSize row(LogicalPlan plan) {
    TextSize row = TextSize.NONE;
    for (Attribute column : Scala.<Attribute>list(plan.output())) {
      if (TextSizes.isText(column)) {
        row = row.plus(of(column));
      }
    }
    return row;
  }

  TextSize of(Attribute column) {
    return columns.getOrDefault(column.exprId(), TextSize.STORED);
  }

  /** Every branch of a union gives its column of that place. */
  private TextSize place(List<LogicalPlan> branches, int i) {
    TextSize most = TextSize.NONE;
    for (LogicalPlan branch : branches) {
      most = most.max(of(Scala.<Attribute>list(branch.output()).get(i)));
    }
    return most;
  }

  private TextSize whole(Expression expression) {
    TextSize size = sizes.of(expression);
    if (expression instanceof Alias alias) {
      columns.put(alias.exprId(), isList(alias.child()) ? size.by(OF_A_LIST) : size);
    }
    return size;
  }

  /** No column holds another list than one of constants, of numbers of groups, or a stored one. */
  private static boolean isList(Expression made) {
    DataType type = made.dataType();
    return made.foldable() && !(type instanceof StringType || type instanceof BinaryType);
  }
}
