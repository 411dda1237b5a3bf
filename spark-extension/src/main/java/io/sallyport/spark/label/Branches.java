package io.sallyport.spark.label;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import scala.Tuple2;

/**
 * Takes conditions out of a value: CASE, IF and numbers made of booleans become branches, each with
 * the region where it applies. Regions are disjoint and cover all rows. A condition that is not
 * taken out stays inside a value, whose label is then opaque.
 */
final class Branches {

  /** So many branches can one argument have; more are not taken apart. */
  private static final int MOST = 32;

  private static final Literal YES = new Literal(true, DataTypes.BooleanType);
  private static final Literal NO = new Literal(false, DataTypes.BooleanType);

  private final List<Expression> conditions = new ArrayList<>();

  /** The branches of several arguments at once, and where a FILTER lets none of them count. */
  static Branches of(List<Expression> arguments, Optional<Expression> filter) {
    Branches branches = new Branches();
    List<Branch> list = List.of(new Branch(YES, List.of()));
    for (Expression argument : arguments) {
      list = branches.with(list, branches.of(argument));
    }
    if (filter.isPresent()) {
      List<Expression> nothing =
          arguments.stream().<Expression>map(a -> new Literal(null, a.dataType())).toList();
      List<Branch> kept = branches.when(filter.get(), list);
      list = branches.join(kept, List.of(new Branch(not(filter.get()), nothing)));
    }
    branches.all = list;
    return branches;
  }

  private List<Branch> all = List.of();

  private Branches() {}

  List<Branch> all() {
    return all;
  }

  /** The conditions that decide between the branches, as they were written. */
  List<Expression> conditions() {
    return List.copyOf(conditions);
  }

  private List<Branch> of(Expression value) {
    List<Branch> branches = split(value);
    return branches.size() > MOST ? plain(value) : branches;
  }

  private List<Branch> split(Expression value) {
    if (value instanceof If choice) {
      return choice(choice.predicate(), of(choice.trueValue()), of(choice.falseValue()));
    }
    if (value instanceof CaseWhen choice) {
      List<Branch> otherwise =
          Scala.optional(choice.elseValue())
              .map(this::of)
              .orElseGet(() -> plain(new Literal(null, choice.dataType())));
      List<Tuple2<Expression, Expression>> cases = Scala.list(choice.branches());
      for (int i = cases.size() - 1; i >= 0; i--) {
        otherwise = choice(cases.get(i)._1(), of(cases.get(i)._2()), otherwise);
      }
      return otherwise;
    }
    if (value instanceof Cast cast
        && cast.child().dataType() instanceof BooleanType
        && cast.dataType() instanceof NumericType
        && !(cast.child() instanceof Literal)) {
      return number(cast);
    }
    return isArithmetic(value) ? arithmetic(value) : plain(value);
  }

  private static List<Branch> plain(Expression value) {
    return List.of(new Branch(YES, List.of(value)));
  }

  private List<Branch> choice(Expression condition, List<Branch> then, List<Branch> otherwise) {
    return join(when(condition, then), and(not(condition), otherwise));
  }

  private List<Branch> when(Expression condition, List<Branch> branches) {
    conditions.add(condition);
    return and(isTrue(condition), branches);
  }

  private List<Branch> join(List<Branch> some, List<Branch> others) {
    List<Branch> both = new ArrayList<>(some);
    both.addAll(others);
    return both;
  }

  private static List<Branch> and(Expression region, List<Branch> branches) {
    return branches.stream().map(b -> new Branch(and(region, b.region()), b.values())).toList();
  }

  /** True is 1, false is 0, unknown is NULL. */
  private List<Branch> number(Cast cast) {
    Expression one = cast.withNewChildren(Scala.<Expression>seq(List.of(YES)));
    Expression zero = cast.withNewChildren(Scala.<Expression>seq(List.of(NO)));
    List<Branch> otherwise = plain(zero);
    if (cast.child().nullable()) {
      List<Branch> unknown = plain(new Literal(null, cast.dataType()));
      Expression isUnknown = new IsNull(cast.child());
      otherwise = join(and(isUnknown, unknown), and(new Not(isUnknown), otherwise));
    }
    return choice(cast.child(), plain(one), otherwise);
  }

  private static boolean isArithmetic(Expression value) {
    return value instanceof Add
        || value instanceof Subtract
        || value instanceof Multiply
        || value instanceof Divide
        || value instanceof UnaryMinus
        || value instanceof UnaryPositive
        || value instanceof Cast;
  }

  private List<Branch> arithmetic(Expression value) {
    List<Branch> arguments = List.of(new Branch(YES, List.of()));
    for (Expression child : Scala.children(value)) {
      arguments = with(arguments, of(child));
    }
    return arguments.stream()
        .map(
            b ->
                new Branch(
                    b.region(), List.of(value.withNewChildren(Scala.<Expression>seq(b.values())))))
        .toList();
  }

  /** Every branch of the arguments so far with every branch of one more. */
  private List<Branch> with(List<Branch> branches, List<Branch> more) {
    List<Branch> product = new ArrayList<>();
    for (Branch branch : branches) {
      for (Branch next : more) {
        List<Expression> values = new ArrayList<>(branch.values());
        values.addAll(next.values());
        product.add(new Branch(and(branch.region(), next.region()), values));
      }
    }
    return product;
  }

  private static Expression and(Expression a, Expression b) {
    return a.equals(YES) ? b : b.equals(YES) ? a : new And(a, b);
  }

  private static Expression isTrue(Expression condition) {
    return condition.nullable() ? new Coalesce(Scala.seq(List.of(condition, NO))) : condition;
  }

  private static Expression not(Expression condition) {
    return new Not(isTrue(condition));
  }
}
