package io.sallyport.spark.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionDef;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionId;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.With;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/**
 * Every admitted function, written out as Spark writes it out: how often it holds each operand, the
 * table says. Nesting a function grows it by that much.
 */
final class RepeatedOperandsTest {

  private static final int MOST_OPERANDS = 7;

  private static final List<DataType> TYPES =
      List.of(
          DataTypes.IntegerType,
          DataTypes.StringType,
          DataTypes.DoubleType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.BooleanType,
          DataTypes.BinaryType,
          DataTypes.createArrayType(DataTypes.IntegerType));

  /** Of further operands, where there are many. */
  private static final List<DataType> FEW = List.of(DataTypes.IntegerType, DataTypes.StringType);

  /** What only the parser, the planner or another name makes; {@link CollapsedSize} counts them. */
  private static final Set<String> BY_OTHER_ROADS = Set.of("DatetimeSub", "TimestampAddInterval");

  /** The parser makes these of others; none is a function of its own. */
  private static final Set<String> GRAMMAR = Set.of("!=", "<>", "||", "between", "charindex");

  private final Map<String, Integer> beyond = new TreeMap<>();
  private final Set<Class<?>> seen = new HashSet<>();

  @Test
  void everyAdmittedFunction_repeatsItsOperandsAsOftenAsTheTableSays() {
    Set<String> unmade = new TreeSet<>();
    for (String name : FunctionTable.admitted()) {
      boolean made = false;
      for (int operands = 0; operands <= MOST_OPERANDS; operands++) {
        made |= measured(name, operands);
      }
      if (!made) {
        unmade.add(name);
      }
    }
    assertThat(beyond).isEmpty();
    assertThat(unmade).isSubsetOf(GRAMMAR);
    Set<String> unseen = new TreeSet<>();
    for (Class<?> type : AdmittedExpressions.analysed()) {
      if (RuntimeReplaceable.class.isAssignableFrom(type) && !seen.contains(type)) {
        unseen.add(type.getSimpleName());
      }
    }
    assertThat(unseen).isSubsetOf(BY_OTHER_ROADS);
  }

  @Test
  void theTable_holdsNoMoreThanItMust() {
    assertThat(
            written(
                made(
                        "right",
                        List.of(column(0, DataTypes.StringType), column(1, DataTypes.IntegerType)))
                    .orElseThrow(),
                0))
        .isEqualTo(2);
    assertThat(RepeatedOperands.copies("right", 0, 2)).isEqualTo(2);
    assertThat(RepeatedOperands.copies("upper", 0, 1)).isEqualTo(1);
  }

  /** Whether such a function could be made. */
  private boolean measured(String name, int operands) {
    boolean made = false;
    for (List<Expression> arguments : arguments(operands)) {
      Optional<Expression> function = made(name, arguments);
      if (function.isEmpty()) {
        continue;
      }
      made = true;
      for (int place = 0; place < operands; place++) {
        int found = written(function.get(), place);
        if (found > RepeatedOperands.copies(name, place, operands)) {
          beyond.merge(name + " of " + operands + ", operand " + place, found, Math::max);
        }
      }
    }
    return made;
  }

  private static List<List<Expression>> arguments(int operands) {
    List<List<Expression>> all = new ArrayList<>();
    for (DataType first : TYPES) {
      for (DataType last : operands > 3 ? FEW : TYPES) {
        List<Expression> columns = new ArrayList<>();
        List<Expression> constants = new ArrayList<>();
        for (int i = 0; i < operands; i++) {
          DataType type = i == 0 ? first : last;
          columns.add(column(i, type));
          constants.add(i == 0 ? column(i, type) : constant(type));
        }
        all.add(columns);
        all.add(constants);
      }
    }
    List<Expression> constants = new ArrayList<>();
    for (int i = 0; i < operands; i++) {
      constants.add(constant(DataTypes.StringType));
    }
    all.add(constants);
    return all;
  }

  private static Expression constant(DataType type) {
    if (type == DataTypes.StringType) {
      return new Literal(UTF8String.fromString("YEAR"), type);
    }
    return new Literal(type == DataTypes.IntegerType ? (Object) 1 : null, type);
  }

  private static Attribute column(int place, DataType type) {
    return new AttributeReference(
        "c" + place, type, true, Metadata.empty(), NamedExpression.newExprId(), Scala.noElements());
  }

  private static Optional<Expression> made(String name, List<Expression> arguments) {
    try {
      return Optional.of(
          (Expression)
              FunctionRegistry$.MODULE$
                  .builtin()
                  .lookupFunction(new FunctionIdentifier(name), Scala.seq(arguments)));
    } catch (Exception notOfThese) { // some of Spark's are checked, and Scala does not declare it
      return Optional.empty();
    }
  }

  /** How often the operand of a place stands in what a function stands for. */
  private int written(Expression expression, int place) {
    return written(expression, "c" + place, new HashMap<>());
  }

  private int written(
      Expression expression, String column, Map<CommonExpressionId, Expression> named) {
    if (expression instanceof Attribute found) {
      return found.name().equals(column) ? 1 : 0;
    }
    if (expression instanceof With with) {
      for (CommonExpressionDef part : Scala.<CommonExpressionDef>list(with.defs())) {
        named.put(part.id(), part.child());
      }
      return written(with.child(), column, named);
    }
    if (expression instanceof CommonExpressionRef reference) {
      return written(named.get(reference.id()), column, named);
    }
    if (expression instanceof RuntimeReplaceable shorthand) {
      seen.add(shorthand.getClass());
      Expression longer;
      try {
        longer = shorthand.replacement();
      } catch (RuntimeException unresolved) { // of operands that analysis would refuse
        return 0;
      }
      return written(longer, column, named);
    }
    return Scala.children(expression).stream()
        .mapToInt(child -> written(child, column, named))
        .sum();
  }
}
