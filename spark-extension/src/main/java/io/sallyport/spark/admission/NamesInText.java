package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple3;

/** The tables' names that a parsed query mentions, and those that it gives to its common tables. */
public final class NamesInText {

  private final List<List<String>> mentioned = new ArrayList<>();
  private final Set<String> common = new HashSet<>();

  private NamesInText() {}

  /**
   * The names in a text.
   *
   * @throws io.sallyport.spark.RefusedException when it is no query that is admitted
   */
  public static NamesInText of(String query) {
    return in(AdmitText.query(query));
  }

  static NamesInText in(LogicalPlan parsed) {
    NamesInText names = new NamesInText();
    names.plan(parsed);
    return names;
  }

  /** In parts, each as often as the query names it; common tables are among them. */
  public List<List<String>> mentioned() {
    return List.copyOf(mentioned);
  }

  /** The common tables' names, in lower case. */
  public Set<String> common() {
    return Set.copyOf(common);
  }

  private void plan(LogicalPlan plan) {
    if (plan instanceof UnresolvedRelation relation) {
      mentioned.add(Scala.list(relation.multipartIdentifier()));
    }
    if (plan instanceof UnresolvedWith with) {
      for (Tuple3<String, SubqueryAlias, ?> table : Scala.list(with.cteRelations())) {
        common.add(table._1().toLowerCase(Locale.ROOT));
        plan(table._2());
      }
    }
    Scala.children(plan).forEach(this::plan);
    Scala.<Expression>list(plan.expressions()).forEach(this::expression);
  }

  private void expression(Expression expression) {
    if (expression instanceof SubqueryExpression subquery) {
      plan(subquery.plan());
    }
    Scala.children(expression).forEach(this::expression);
  }
}
