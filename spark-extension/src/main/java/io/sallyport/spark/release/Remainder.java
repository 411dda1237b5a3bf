package io.sallyport.spark.release;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.policy.decision.Obligation;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.JoinType$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * What groups that are not shown are together: the difference of a total and of what is shown. It
 * must meet the same requirements as if it were shown itself, because by subtraction it is.
 */
final class Remainder {

  private final Survey survey;
  private final Point point;
  private final List<Obligation> chosen;

  /**
   * @param chosen the obligations, each with the alternative that the shown groups meet
   */
  Remainder(Survey survey, Point point, List<Obligation> chosen) {
    this.survey = survey;
    this.point = point;
    this.chosen = List.copyOf(chosen);
  }

  /** Whether the groups, taken as one, may be known. */
  boolean isSafe(List<Group> groups) {
    return mayRestOnEnough(groups) && meets(point.asOneGroup(rowsOf(groups)));
  }

  /** A cheap bound: together they rest on no more units than the sum of theirs. */
  private boolean mayRestOnEnough(List<Group> groups) {
    for (int i = 0; i < chosen.size(); i++) {
      int frame = i;
      long most = groups.stream().mapToLong(group -> group.units().get(frame)).sum();
      if (most < chosen.get(i).minimumUnits()) {
        return false;
      }
    }
    return true;
  }

  private boolean meets(Point remainder) {
    List<Group> one = survey.of(remainder, chosen);
    GroupCheck check = new GroupCheck(remainder, chosen, one);
    return one.stream().allMatch(group -> check.broken(group).isEmpty());
  }

  private CarriedPlan rowsOf(List<Group> groups) {
    List<Alias> keys = point.keys().stream().map(key -> alias(key, "key")).toList();
    LogicalPlan keyed = Catalyst.withColumns(point.input().plan(), keys);
    List<Attribute> wanted =
        keys.stream().map(key -> alias(key.toAttribute(), "wanted").toAttribute()).toList();
    LogicalPlan relation =
        new LocalRelation(
            Scala.seq(wanted),
            Scala.seq(groups.stream().map(Group::key).toList()),
            false,
            Scala.none());
    List<Expression> equal = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      equal.add(new EqualNullSafe(keys.get(i).toAttribute(), wanted.get(i)));
    }
    LogicalPlan matched =
        new Join(
            keyed,
            relation,
            JoinType$.MODULE$.apply("leftsemi"),
            Scala.some(equal.stream().reduce(And::new).orElseThrow()),
            JoinHint.NONE());
    return new CarriedPlan(
        new Project(Scala.seq(Scala.<Attribute>list(point.input().plan().output())), matched),
        point.input().units());
  }
}
