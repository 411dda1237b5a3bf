package io.sallyport.spark.noise;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Inline;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.types.StructField;

/**
 * Adds up rows by person and group and keeps the first groups of each person, in one pass over the
 * rows of one person after the other ({@link FirstGroups}).
 *
 * <p>Guarantee: the groups and sums are those of adding up first and of {@link
 * GroupsPerPerson#first} then, up to groups of one person whose 64-bit hashes are equal.
 *
 * @param first which groups are kept; {@link #isFor} holds of it
 */
record SummedGroups(GroupsPerPerson first) {

  /** Whether keys of these types, and so few groups, can be told apart in one pass. */
  static boolean isFor(GroupsPerPerson first) {
    return first.most() <= FirstGroups.MOST
        && first.keys().stream().allMatch(key -> FirstGroups.tellsApart(key.dataType()));
  }

  /** Any rows of people enter; those of each person's first groups leave, added up. */
  Contributions of(ContributingRows rows) {
    Contributions each = rows.moved(this::oneByOne);
    FirstGroups function =
        new FirstGroups(
            Math.toIntExact(first.most()),
            first.hash(),
            List.copyOf(first.keys()),
            List.copyOf(each.numbers()));
    Alias groups = alias(Catalyst.aggregate(function, false), "groups");
    List<NamedExpression> person = new ArrayList<>(List.of(first.person()));
    person.add(groups);
    LogicalPlan people = Catalyst.aggregate(List.copyOf(first.each()), person, each.plan());
    List<Attribute> columns = new ArrayList<>();
    for (StructField field : Arrays.asList(function.group().fields())) {
      columns.add(Catalyst.attribute(field.name(), field.dataType(), field.nullable()));
    }
    LogicalPlan opened =
        new Generate(
            new Inline(groups.toAttribute()),
            Scala.seq(List.<Object>of(1)),
            false,
            Scala.none(),
            Scala.seq(columns),
            people);
    int width = first.keys().size();
    return each.with(opened, columns.subList(0, width), columns.subList(width, columns.size()));
  }

  /** Each person's rows together, and one person after the other. */
  private LogicalPlan oneByOne(LogicalPlan rows) {
    List<SortOrder> order = first.each().stream().map(SummedGroups::ascending).toList();
    return new Sort(Scala.seq(order), false, first.together(rows), Scala.none());
  }

  private static SortOrder ascending(Attribute column) {
    return new SortOrder(column, Ascending$.MODULE$, NullsFirst$.MODULE$, Scala.noElements());
  }
}
