package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.SqlWords;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.Parameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.ListQuery;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Call;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple3;

/** Walks what the parser made, before analysis: every operator, expression and function name. */
final class AdmitParsed {

  private static final int MAX_INLINE_ROWS = 1000;

  /** Analysis is followed by joining them; {@link InSubquery} holds a list. */
  private static final Set<Class<?>> SUBQUERIES =
      Set.of(ScalarSubquery.class, Exists.class, ListQuery.class);

  private AdmitParsed() {}

  static void plan(LogicalPlan plan) {
    if (!AdmittedOperators.admitsParsed(plan.getClass())) {
      throw refusedOperator(plan);
    }
    if (plan instanceof UnresolvedRelation relation) {
      requirePlain(relation);
    }
    if (plan instanceof UnresolvedInlineTable table && table.rows().size() > MAX_INLINE_ROWS) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED, "VALUES has too many rows", "at most 1000 rows");
    }
    if (plan instanceof UnresolvedWith with) {
      commonTables(with);
    }
    Scala.<Expression>list(plan.expressions()).forEach(e -> expression(e, true));
    Scala.children(plan).forEach(AdmitParsed::plan);
  }

  /** An expression on its own: the names in a subquery of it would be looked up by nobody of us. */
  static void expression(Expression expression) {
    expression(expression, false);
  }

  private static void expression(Expression expression, boolean inQuery) {
    if (SUBQUERIES.contains(expression.getClass()) && inQuery) {
      plan(((SubqueryExpression) expression).plan());
      return;
    }
    if (expression instanceof SubqueryExpression) {
      throw RefusedException.of(
          RefusalCode.RELATION_NOT_ALLOWED,
          "an expression's text may not hold a subquery",
          "the whole query as SQL text");
    }
    if (expression instanceof Parameter parameter) {
      throw withoutValue(parameter);
    }
    if (!AdmittedExpressions.admitsParsed(expression.getClass())
        && expression.getClass() != InSubquery.class) {
      throw AdmitPlan.refusedExpression(expression);
    }
    if (expression instanceof UnresolvedFunction function) {
      function(function);
    }
    Scala.children(expression).forEach(child -> expression(child, inQuery));
  }

  private static RefusedException withoutValue(Parameter parameter) {
    String marker = parameter instanceof NamedParameter named ? ":" + named.name() : "?";
    return RefusedException.of(
        RefusalCode.PARAM_INVALID,
        "the SQL text has the parameter " + marker + " and no value for it",
        "a value for each parameter: spark.sql(text, args)");
  }

  private static void function(UnresolvedFunction function) {
    List<String> name = Scala.list(function.nameParts());
    String shown = String.join(".", name);
    if (name.size() != 1 || !FunctionTable.admits(shown)) {
      throw refusedFunction(name.size() == 1 ? FunctionTable.refusalCode(shown) : null, shown);
    }
    boolean plain =
        function.ignoreNulls().isEmpty()
            && function.orderingWithinGroup().isEmpty()
            && !function.isInternal();
    if (!plain) {
      throw RefusedException.of(
          RefusalCode.FUNCTION_NOT_ALLOWED,
          shown + " is used with IGNORE NULLS or WITHIN GROUP",
          shown + " without them");
    }
  }

  private static RefusedException refusedFunction(RefusalCode code, String name) {
    return RefusedException.of(
        code == null ? RefusalCode.FUNCTION_NOT_ALLOWED : code,
        "the function " + name + " is not available",
        FunctionTable.remedy(name));
  }

  /** Streams, options and time travel change what a name means. */
  private static void requirePlain(UnresolvedRelation relation) {
    if (relation.isStreaming() || !relation.options().isEmpty()) {
      throw RefusedException.of(
          RefusalCode.SOURCE_NOT_ALLOWED,
          "tables are read without options and not as streams",
          "the table's name alone");
    }
  }

  private static void commonTables(UnresolvedWith with) {
    if (with.allowRecursion()) {
      throw RefusedException.of(
          RefusalCode.RELATION_NOT_ALLOWED, "recursive WITH is not available", "a plain WITH");
    }
    for (Tuple3<String, SubqueryAlias, ?> table : Scala.list(with.cteRelations())) {
      plan(table._2());
    }
  }

  private static RefusedException refusedOperator(LogicalPlan plan) {
    if (plan instanceof Command || plan instanceof ParsedStatement || plan instanceof Call) {
      return RefusedException.of(
          RefusalCode.COMMAND_NOT_ALLOWED,
          SqlWords.of(plan) + " is a command; commands are not available",
          "a query");
    }
    return AdmitPlan.refusedOperator(plan);
  }
}
