package io.sallyport.spark.rows;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.ArrayDistinct;
import org.apache.spark.sql.catalyst.expressions.ArrayRemove;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Slice;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.StringRepeat;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How many entries a list has at most, from the plan alone: as many as are written, as a text of so
 * many bytes can be split into, or as the list that it is a part of has. A column is what it was
 * computed of.
 */
final class ListLength {

  /** Entries of a list that is stored in a row. */
  private static final long USUAL = 100;

  /** A text that is made of constants has at most a million bytes. */
  private static final long LONGEST = 1_000_001;

  /** No more than the list that is their first operand. */
  private static final Set<Class<?>> PARTS =
      Set.of(
          ArrayDistinct.class,
          ArrayRemove.class,
          SortArray.class,
          Slice.class,
          Cast.class,
          Alias.class,
          TryEval.class);

  private final LogicalPlan input;

  /**
   * @param input where the columns of the lists come from
   */
  ListLength(LogicalPlan input) {
    this.input = input;
  }

  /** The entries of a list. */
  long of(Expression list) {
    List<Expression> operands = Scala.children(list);
    if (list instanceof Attribute column) {
      return column(input, column);
    }
    if (list instanceof CreateArray) {
      return operands.size();
    }
    if (list instanceof Literal literal) {
      return literal.value() instanceof ArrayData array ? array.numElements() : 0;
    }
    if (PARTS.contains(list.getClass())) {
      return of(operands.get(0));
    }
    if (list instanceof StringSplit && operands.get(0).foldable()) {
      return limited(operands.get(2), 1 + bytes(operands.get(0)));
    }
    long longest = list.foldable() ? LONGEST : USUAL;
    for (Expression operand : operands) {
      if (operand.dataType() instanceof ArrayType) {
        longest = Math.max(longest, of(operand));
      }
    }
    return longest;
  }

  /** What a column is below, in whichever operator made it. */
  private static long column(LogicalPlan plan, Attribute column) {
    if (plan instanceof Union union) {
      return branches(union, column);
    }
    Optional<Alias> made =
        Scala.<Expression>list(plan.expressions()).stream()
            .filter(Alias.class::isInstance)
            .map(Alias.class::cast)
            .filter(alias -> alias.exprId().equals(column.exprId()))
            .findFirst();
    long longest = USUAL;
    for (LogicalPlan child : Scala.children(plan)) {
      ListLength below = new ListLength(child);
      if (made.isPresent()) {
        longest = Math.max(longest, below.of(made.get().child()));
      } else if (child.outputSet().contains(column)) {
        longest = Math.max(longest, below.of(column));
      }
    }
    return longest;
  }

  private static long branches(Union union, Attribute column) {
    List<Attribute> given = Scala.list(union.output());
    long longest = USUAL;
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).exprId().equals(column.exprId())) {
        for (LogicalPlan branch : Scala.children(union)) {
          Attribute there = Scala.<Attribute>list(branch.output()).get(i);
          longest = Math.max(longest, new ListLength(branch).of(there));
        }
      }
    }
    return longest;
  }

  private static long limited(Expression limit, long entries) {
    return limit instanceof Literal literal && literal.value() instanceof Integer most && most > 0
        ? Math.min(most, entries)
        : entries;
  }

  /** Of a text that is made of constants. */
  private static long bytes(Expression text) {
    if (text instanceof Literal literal) {
      return literal.value() instanceof UTF8String value ? value.numBytes() : 0;
    }
    if (text instanceof StringRepeat
        && Scala.children(text).get(1) instanceof Literal literal
        && literal.value() instanceof Integer times) {
      return Math.min(LONGEST, bytes(Scala.children(text).get(0)) * Math.max(0, times));
    }
    return LONGEST;
  }
}
