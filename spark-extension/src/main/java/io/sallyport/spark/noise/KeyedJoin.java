package io.sallyport.spark.noise;

import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.label.RowLabel;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/**
 * Finds the key table below an aggregate: the public left side of a left join, where the aggregate
 * groups by exactly the columns that the join compares for equality. Whatever stands between, but
 * for a choice of columns, is not understood, and then there is none.
 */
final class KeyedJoin {

  private static final Set<Class<? extends DataType>> EXACT =
      Set.of(
          BooleanType.class,
          ByteType.class,
          ShortType.class,
          IntegerType.class,
          LongType.class,
          DateType.class,
          DecimalType.class);

  private KeyedJoin() {}

  static Optional<KeyTable> of(Aggregate aggregate) {
    List<Attribute> keys = new ArrayList<>();
    for (Expression key : Scala.<Expression>list(aggregate.groupingExpressions())) {
      if (!(key instanceof AttributeReference column) || !isExact(key.dataType())) {
        return Optional.empty();
      }
      keys.add(column);
    }
    return keys.isEmpty() ? Optional.empty() : below(aggregate.child(), keys);
  }

  private static Optional<KeyTable> below(LogicalPlan plan, List<Attribute> keys) {
    if (plan instanceof SubqueryAlias named) {
      return below(named.child(), keys);
    }
    if (plan instanceof Project project) {
      List<Attribute> passed = keys.stream().flatMap(key -> passed(project, key).stream()).toList();
      return passed.size() == keys.size() ? below(project.child(), passed) : Optional.empty();
    }
    return plan instanceof Join join
            && join.joinType().sql().equals("LEFT OUTER")
            && isPublic(join.left())
            && ids(keys).equals(compared(join))
        ? Optional.of(new KeyTable(join.left(), keys))
        : Optional.empty();
  }

  /** The column that a projection passes on as this one. */
  private static Optional<Attribute> passed(Project project, Attribute key) {
    for (NamedExpression column : Scala.<NamedExpression>list(project.projectList())) {
      if (column.exprId().equals(key.exprId())) {
        Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
        return value instanceof AttributeReference source ? Optional.of(source) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isPublic(LogicalPlan plan) {
    PlanLabels labels = PlanLabels.of(plan);
    return labels.root().rows() instanceof RowLabel.Public && labels.root().sources().isEmpty();
  }

  /** The left columns that are compared for equality; none when they are compared otherwise too. */
  private static Set<ExprId> compared(Join join) {
    Set<ExprId> left = ids(Scala.<Attribute>list(join.left().output()));
    Set<ExprId> compared = new HashSet<>();
    for (Expression conjunct : conjuncts(join)) {
      if (uses(conjunct, left)) {
        boolean equality = conjunct instanceof EqualTo || conjunct instanceof EqualNullSafe;
        List<Expression> sides = Scala.children(conjunct);
        Optional<ExprId> key =
            equality && !uses(sides.get(1), left)
                ? column(sides.get(0))
                : equality && !uses(sides.get(0), left) ? column(sides.get(1)) : Optional.empty();
        if (key.isEmpty()) {
          return Set.of();
        }
        compared.add(key.get());
      }
    }
    return compared;
  }

  private static List<Expression> conjuncts(Join join) {
    List<Expression> conjuncts = new ArrayList<>();
    List<Expression> open = new ArrayList<>();
    Scala.optional(join.condition()).ifPresent(open::add);
    while (!open.isEmpty()) {
      Expression next = open.remove(open.size() - 1);
      if (next instanceof And both) {
        open.add(both.left());
        open.add(both.right());
      } else {
        conjuncts.add(next);
      }
    }
    return conjuncts;
  }

  /** A column, in its own type or as another. */
  private static Optional<ExprId> column(Expression value) {
    Expression own = value instanceof Cast cast ? cast.child() : value;
    return own instanceof AttributeReference column
        ? Optional.of(column.exprId())
        : Optional.empty();
  }

  private static boolean uses(Expression expression, Set<ExprId> columns) {
    return expression instanceof AttributeReference column
        ? columns.contains(column.exprId())
        : Scala.children(expression).stream().anyMatch(child -> uses(child, columns));
  }

  private static Set<ExprId> ids(List<Attribute> columns) {
    return new HashSet<>(columns.stream().map(Attribute::exprId).toList());
  }

  /** Of which equal values are the same value. */
  private static boolean isExact(DataType type) {
    return EXACT.stream().anyMatch(exact -> exact.isInstance(type))
        || type.equals(DataTypes.StringType);
  }
}
