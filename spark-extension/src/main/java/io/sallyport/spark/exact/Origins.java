package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Scala;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Which direct identifiers occur in an expression over stored columns: by occurrence, whatever is
 * computed of them. A column of a table of people has those that its aggregate was computed of.
 */
final class Origins {

  private final Map<ExprId, Set<String>> identifiers = new HashMap<>();

  /** A stored column that is a direct identifier. */
  void addIdentifier(ExprId column, FrameName frame, String name) {
    identifiers.put(column, Set.of(frame.value() + "." + name.toLowerCase(java.util.Locale.ROOT)));
  }

  /** The same column under another id. */
  void copy(ExprId from, ExprId to) {
    if (identifiers.containsKey(from)) {
      identifiers.put(to, identifiers.get(from));
    }
  }

  /**
   * @param use what the expression is used for, in words
   * @throws Unreadable when an identifier occurs in it
   */
  void requireNone(Expression expression, RefusalCode code, String use, String remedy) {
    Set<String> found = new TreeSet<>();
    collect(expression, found);
    if (!found.isEmpty()) {
      throw new Unreadable(
          code, use + " uses " + String.join(", ", found) + ", a direct identifier", remedy);
    }
  }

  void requireNoneInCondition(Expression expression, String use) {
    requireNone(expression, RefusalCode.PREDICATE_NOT_ALLOWED, use, "a condition on other columns");
  }

  private void collect(Expression expression, Set<String> found) {
    if (expression instanceof AttributeReference column) {
      found.addAll(identifiers.getOrDefault(column.exprId(), Set.of()));
    }
    Scala.children(expression).forEach(child -> collect(child, found));
  }
}
