package io.sallyport.spark.release.words;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionId;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Expressions as parts of English sentences: one table for each kind, by exact class. An expression
 * that is in none is said as SQL.
 */
final class ExpressionWords {

  /** How one class of expression is said. */
  interface Words<E extends Expression> {
    String say(E expression, ExpressionWords words);
  }

  /** What is said about the classes of one kind. */
  static final class Table {
    private final Map<Class<?>, Words<Expression>> entries = new HashMap<>();

    // The words are registered under the exact class and looked up by it, so the cast holds.
    @SuppressWarnings("unchecked")
    <E extends Expression> Table on(Class<E> type, Words<E> words) {
      entries.put(type, (expression, all) -> words.say((E) expression, all));
      return this;
    }

    /** Two operands with words between them. */
    <E extends Expression> Table between(Class<E> type, String words) {
      return on(type, (e, all) -> all.operand(e, 0) + " " + words + " " + all.operand(e, 1));
    }

    /** One operand with words before it. */
    <E extends Expression> Table before(Class<E> type, String words) {
      return on(type, (e, all) -> words + " " + all.operand(e, 0));
    }

    /** What is made of all operands. */
    <E extends Expression> Table of(Class<E> type, String words) {
      return on(type, (e, all) -> words + " of " + PlainText.and(all.sayAll(Scala.children(e))));
    }

    /** One operand with words after it. */
    <E extends Expression> Table after(Class<E> type, String words) {
      return on(type, (e, all) -> all.operand(e, 0) + " " + words);
    }
  }

  private static final Map<Class<?>, Words<Expression>> ALL = new HashMap<>();

  static {
    for (Table table :
        List.of(
            CarrierWords.TABLE,
            PredicateWords.TABLE,
            ArithmeticWords.TABLE,
            ConditionalWords.TABLE,
            FunctionWords.TABLE,
            TextWords.TABLE,
            TextFormWords.TABLE,
            RegexWords.TABLE,
            NestedWords.TABLE,
            BitWords.TABLE,
            AngleWords.TABLE,
            ZoneWords.TABLE,
            CalendarWords.TABLE,
            RealFunctionWords.TABLE,
            RepeatWords.TABLE,
            WindowWords.TABLE,
            AggregateWords.TABLE,
            RegressionWords.TABLE)) {
      ALL.putAll(table.entries);
    }
  }

  private static final int LONGEST = 2000;

  private final ColumnNames columns;
  private final Map<CommonExpressionId, Integer> shared = new HashMap<>();

  ExpressionWords(ColumnNames columns) {
    this.columns = columns;
  }

  /** The classes that have words of their own. */
  static Set<Class<?>> classes() {
    return Set.copyOf(ALL.keySet());
  }

  ColumnNames columns() {
    return columns;
  }

  /** What an operand with a name of its own is called; Spark's numbers differ each time. */
  String shared(CommonExpressionId id) {
    shared.putIfAbsent(id, shared.size() + 1);
    return "value " + shared.get(id);
  }

  String say(Expression expression) {
    Words<Expression> words = ALL.get(expression.getClass());
    String said = words == null ? sql(expression) : words.say(expression, this);
    return PlainText.shortened(said, LONGEST);
  }

  List<String> sayAll(List<? extends Expression> expressions) {
    List<String> said = new ArrayList<>();
    expressions.forEach(expression -> said.add(say(expression)));
    return said;
  }

  String operand(Expression parent, int child) {
    return operand(Scala.children(parent).get(child));
  }

  /** Said so that it is one thing inside a longer phrase. */
  String operand(Expression expression) {
    String said = say(expression);
    return Scala.children(expression).isEmpty() || CarrierWords.isTransparent(expression, this)
        ? said
        : "(" + said + ")";
  }

  private static String sql(Expression expression) {
    String text;
    try {
      text = expression.sql();
    } catch (RuntimeException unsayable) { // some expressions have no SQL
      text = expression.getClass().getSimpleName() + " " + expression;
    }
    return "the SQL expression `" + PlainText.escaped(text).replace("`", "``") + "`";
  }
}
