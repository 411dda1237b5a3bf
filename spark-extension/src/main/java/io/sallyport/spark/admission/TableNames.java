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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple3;

/**
 * The names that exist for one principal. Whatever the session's catalog holds under a name, an
 * analyst's name means a frame, a public table, one of our own tables or a view that was bound to
 * the text, or it means nothing.
 */
public final class TableNames {

  private final FrameCatalog frames;
  private final NamedTables others;
  private final Principal principal;
  private final Map<String, Supplier<LogicalPlan>> views;

  /**
   * The names of one principal.
   *
   * @param others tables of our own beside the frames
   * @param views by their names in lower case; a frame of the same name goes before
   */
  public TableNames(
      FrameCatalog frames,
      NamedTables others,
      Principal principal,
      Map<String, Supplier<LogicalPlan>> views) {
    this.frames = frames;
    this.others = others;
    this.principal = principal;
    this.views = Map.copyOf(views);
  }

  /**
   * The leaf that a table's name stands for.
   *
   * @throws RefusedException SOURCE_NOT_ALLOWED when there is no such table for the principal
   */
  public LogicalPlan leaf(String name) {
    return leaf(parts(name));
  }

  /**
   * The parts of a name as it is written; a text that is no name is one part.
   *
   * @throws RefusedException when it is too large to be read
   */
  public static List<String> parts(String name) {
    TextBounds.require(name);
    try {
      return Scala.list(new BoundedParser().parseMultipartIdentifier(name));
    } catch (RefusedException e) {
      throw e;
    } catch (Exception e) { // ParseException is checked, and Scala does not declare it
      return List.of(name);
    }
  }

  /** Replaces every table name of a parsed query. */
  public LogicalPlan replaceIn(LogicalPlan parsed) {
    Set<String> common = NamesInText.in(parsed).common();
    common.forEach(this::requireOwnName);
    return replace(parsed, common);
  }

  private LogicalPlan leaf(List<String> nameParts) {
    return others
        .find(nameParts, principal)
        .or(() -> view(nameParts))
        .orElseGet(() -> frames.seal(nameParts));
  }

  private Optional<LogicalPlan> view(List<String> nameParts) {
    return nameParts.size() == 1 && frames.find(nameParts).isEmpty()
        ? Optional.ofNullable(views.get(lower(nameParts.get(0)))).map(Supplier::get)
        : Optional.empty();
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
  private void requireOwnName(String common) {
    if (frames.find(List.of(common)).isPresent()) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID,
          "the common table " + common + " has the name of a frame",
          "another name in WITH");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
