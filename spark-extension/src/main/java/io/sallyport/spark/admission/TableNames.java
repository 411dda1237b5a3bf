package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.principal.Principal;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.FrameCatalog;
import io.sallyport.spark.seal.NamedTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple3;

/**
 * The names that exist for one principal. Whatever the session's catalog holds under a name, an
 * analyst's name means a frame, a public table or one of our own tables, or it means nothing.
 */
public final class TableNames {

  private final FrameCatalog frames;
  private final NamedTables others;
  private final Principal principal;

  /**
   * The names of one principal.
   *
   * @param others tables of our own beside the frames
   */
  public TableNames(FrameCatalog frames, NamedTables others, Principal principal) {
    this.frames = frames;
    this.others = others;
    this.principal = principal;
  }

  /**
   * The leaf that a table's name stands for.
   *
   * @throws RefusedException SOURCE_NOT_ALLOWED when there is no such table for the principal
   */
  public LogicalPlan leaf(String name) {
    try {
      TextBounds.require(name);
      return leaf(Scala.<String>list(new BoundedParser().parseMultipartIdentifier(name)));
    } catch (RefusedException e) {
      throw e;
    } catch (Exception e) { // ParseException is checked, and Scala does not declare it
      return frames.seal(List.of(name));
    }
  }

  /** Replaces every table name of a parsed query. */
  public LogicalPlan replaceIn(LogicalPlan parsed) {
    Set<String> common = new TreeSet<>();
    collectCommonNames(parsed, common);
    return replace(parsed, common);
  }

  private LogicalPlan leaf(List<String> nameParts) {
    return others.find(nameParts, principal).orElseGet(() -> frames.seal(nameParts));
  }

  private LogicalPlan replace(LogicalPlan parsed, Set<String> common) {
    return Scala.rewriteUpWithSubqueries(
        parsed,
        node -> {
          if (node instanceof UnresolvedRelation relation) {
            return relation(relation, common);
          }
          return node instanceof UnresolvedWith with ? with(with, common) : node;
        });
  }

  private LogicalPlan relation(UnresolvedRelation relation, Set<String> common) {
    List<String> name = Scala.list(relation.multipartIdentifier());
    boolean isCommon = name.size() == 1 && common.contains(lower(name.get(0)));
    return isCommon ? relation : leaf(name);
  }

  private LogicalPlan with(UnresolvedWith with, Set<String> common) {
    List<Tuple3<String, SubqueryAlias, scala.Option<Object>>> tables = new ArrayList<>();
    for (Tuple3<String, SubqueryAlias, scala.Option<Object>> table :
        Scala.list(with.cteRelations())) {
      SubqueryAlias body = (SubqueryAlias) replace(table._2(), common);
      tables.add(new Tuple3<>(table._1(), body, table._3()));
    }
    return new UnresolvedWith(with.child(), Scala.seq(tables), with.allowRecursion());
  }

  /** A common table may not take a frame's name: what a name means must not depend on its scope. */
  private void collectCommonNames(LogicalPlan plan, Set<String> names) {
    if (plan instanceof UnresolvedWith with) {
      for (Tuple3<String, SubqueryAlias, ?> table : Scala.list(with.cteRelations())) {
        if (frames.find(List.of(table._1())).isPresent()) {
          throw RefusedException.of(
              RefusalCode.PARAM_INVALID,
              "the common table " + table._1() + " has the name of a frame",
              "another name in WITH");
        }
        names.add(lower(table._1()));
        collectCommonNames(table._2(), names);
      }
    }
    Scala.children(plan).forEach(child -> collectCommonNames(child, names));
    Scala.<Expression>list(plan.expressions()).forEach(e -> collectCommonNames(e, names));
  }

  private void collectCommonNames(Expression expression, Set<String> names) {
    if (expression instanceof SubqueryExpression subquery) {
      collectCommonNames(subquery.plan(), names);
    }
    Scala.children(expression).forEach(child -> collectCommonNames(child, names));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
