package io.sallyport.spark.crosstab;

import io.sallyport.policy.frame.ColumnDomain;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The values that a column is known to have by the plan and by what owners declare, and by no row
 * of a table: constants, the analyst's own rows, declared values, true and false.
 *
 * @param texts of the values, as Spark casts them; some may be in no row
 * @param orNull whether a row may have none
 */
record KnownValues(Set<UTF8String> texts, boolean orNull) {

  private static final KnownValues NOTHING = new KnownValues(Set.of(), true);

  /** They pass the columns of their one input on as they are. */
  private static final Set<Class<?>> SAME_COLUMNS =
      Set.of(
          SubqueryAlias.class,
          Filter.class,
          Sort.class,
          GlobalLimit.class,
          LocalLimit.class,
          Offset.class,
          Distinct.class,
          Deduplicate.class,
          Sample.class,
          Window.class);

  private static final Set<String> KEEPS_BOTH = Set.of("INNER", "CROSS", "LEFT SEMI", "LEFT ANTI");

  KnownValues {
    texts = Set.copyOf(texts);
  }

  /** Empty when the values of the column are not known. */
  static Optional<KnownValues> of(Attribute column, LogicalPlan plan) {
    if (column.dataType() instanceof StringType text && !text.supportsBinaryEquality()) {
      return Optional.empty(); // a value may be spelled in more ways than are known
    }
    return in(column, plan).or(() -> ofType(column));
  }

  private static Optional<KnownValues> ofType(Attribute column) {
    return column.dataType() instanceof BooleanType
        ? Optional.of(new KnownValues(Set.of(text("false"), text("true")), column.nullable()))
        : Optional.empty();
  }

  private static Optional<KnownValues> in(Attribute column, LogicalPlan plan) {
    if (plan instanceof SealedFrame leaf) {
      return declared(column, leaf);
    }
    if (plan instanceof LocalRelation rows) {
      return own(column, rows);
    }
    if (plan instanceof Project project) {
      return computed(column, Scala.list(project.projectList()), project.child());
    }
    if (plan instanceof Aggregate aggregate) {
      return computed(column, Scala.list(aggregate.aggregateExpressions()), aggregate.child());
    }
    if (plan instanceof Union union) {
      return either(column, union);
    }
    if (plan instanceof Join join) {
      LogicalPlan side = join.left().outputSet().contains(column) ? join.left() : join.right();
      boolean mayLack = !KEEPS_BOTH.contains(join.joinType().sql());
      return ofInput(column, side).map(known -> mayLack ? known.and(NOTHING) : known);
    }
    return SAME_COLUMNS.contains(plan.getClass())
        ? ofInput(column, Scala.children(plan).get(0))
        : Optional.empty();
  }

  private static Optional<KnownValues> ofInput(Attribute column, LogicalPlan input) {
    return input.outputSet().contains(column) ? in(column, input) : Optional.empty();
  }

  private static Optional<KnownValues> declared(Attribute column, SealedFrame leaf) {
    String name = column.name().toLowerCase(Locale.ROOT);
    return leaf.table()
        .frame()
        .map(frame -> frame.facts().columns().get(name))
        .filter(domain -> !domain.values().isEmpty())
        .map(domain -> declared(column, domain));
  }

  private static KnownValues declared(Attribute column, ColumnDomain domain) {
    Set<UTF8String> texts = new HashSet<>();
    for (String value : domain.values()) {
      Literal written = new Literal(text(value), DataTypes.StringType);
      Object typed = Catalyst.cast(written, column.dataType()).eval(null);
      if (typed != null) {
        texts.add(text(typed, column));
      }
    }
    return new KnownValues(texts, !domain.complete());
  }

  private static Optional<KnownValues> own(Attribute column, LocalRelation rows) {
    List<Attribute> columns = Scala.list(rows.output());
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).exprId().equals(column.exprId())) {
        Set<UTF8String> texts = new HashSet<>();
        boolean orNull = false;
        for (InternalRow row : Scala.<InternalRow>list(rows.data())) {
          if (row.isNullAt(i)) {
            orNull = true;
          } else {
            texts.add(text(row.get(i, column.dataType()), column));
          }
        }
        return Optional.of(new KnownValues(texts, orNull));
      }
    }
    return Optional.empty();
  }

  private static Optional<KnownValues> computed(
      Attribute column, List<NamedExpression> list, LogicalPlan input) {
    return list.stream()
        .filter(output -> output.exprId().equals(column.exprId()))
        .findFirst()
        .flatMap(output -> ofExpression((Expression) output, input));
  }

  private static Optional<KnownValues> ofExpression(Expression value, LogicalPlan input) {
    if (value instanceof Alias alias) {
      return ofExpression(alias.child(), input);
    }
    if (value instanceof Attribute column) {
      return input.outputSet().contains(column) ? of(column, input) : Optional.empty();
    }
    if (value instanceof Literal literal) {
      return Optional.of(
          literal.value() == null
              ? NOTHING
              : new KnownValues(Set.of(text(literal.value(), literal)), false));
    }
    List<Expression> results = new ArrayList<>();
    if (value instanceof CaseWhen choice) {
      choice.branches().foreach(Scala.consumer(branch -> results.add(branch._2())));
      results.add(
          Scala.optional(choice.elseValue()).orElseGet(() -> Catalyst.nothing(choice.dataType())));
    } else if (value instanceof If choice) {
      results.addAll(List.of(choice.trueValue(), choice.falseValue()));
    } else if (value instanceof Coalesce first) {
      return all(Scala.children(first), input)
          .map(known -> new KnownValues(known.texts(), first.nullable() && known.orNull()));
    }
    return results.isEmpty() ? Optional.empty() : all(results, input);
  }

  private static Optional<KnownValues> all(List<Expression> results, LogicalPlan input) {
    KnownValues all = new KnownValues(Set.of(), false);
    for (Expression result : results) {
      Optional<KnownValues> known = ofExpression(result, input);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      all = all.and(known.get());
    }
    return Optional.of(all);
  }

  private static Optional<KnownValues> either(Attribute column, Union union) {
    int place = Scala.<Attribute>list(union.output()).indexOf(column);
    KnownValues all = new KnownValues(Set.of(), false);
    for (LogicalPlan branch : Scala.children(union)) {
      Attribute own = Scala.<Attribute>list(branch.output()).get(place);
      Optional<KnownValues> known = of(own, branch);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      all = all.and(known.get());
    }
    return Optional.of(all);
  }

  private KnownValues and(KnownValues other) {
    Set<UTF8String> both = new HashSet<>(texts);
    both.addAll(other.texts);
    return new KnownValues(both, orNull || other.orNull);
  }

  private static UTF8String text(Object value, Expression of) {
    Literal literal = new Literal(value, of.dataType());
    return (UTF8String) Catalyst.cast(literal, DataTypes.StringType).eval(null);
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }
}
