package io.sallyport.connect.client.local;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.types.DataType;

/**
 * What is known here about functions: what an argument must be, and what comes out. A function that
 * is not in the table takes everything, and its type is not known.
 */
final class FunctionRules {

  /** What an argument must be. */
  enum Demand {
    ANYTHING("anything"),
    NUMBER("a number"),
    CALCULABLE("a number, a date or an interval"),
    CONDITION("boolean"),
    COMPARABLE("of a type that can be compared with the other's"),
    ORDERABLE("of a type that can be ordered");

    private final String words;

    Demand(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * One function.
   *
   * @param demand what each argument must be
   * @param result the type that comes out of those of the arguments
   */
  record FunctionRule(
      Demand demand, Function<List<Optional<DataType>>, Optional<DataType>> result) {}

  private static final Map<String, FunctionRule> RULES = rules();

  private static final FunctionRule UNKNOWN =
      new FunctionRule(Demand.ANYTHING, types -> Optional.empty());

  private FunctionRules() {}

  static FunctionRule of(String function) {
    return RULES.getOrDefault(function, UNKNOWN);
  }

  private static Map<String, FunctionRule> rules() {
    Map<String, FunctionRule> rules = new HashMap<>();
    // Arithmetic.
    put(rules, Demand.CALCULABLE, FunctionRules::arithmetic, "+", "-");
    put(rules, Demand.NUMBER, FunctionRules::arithmetic, "*", "%", "mod");
    put(rules, Demand.NUMBER, FunctionRules::quotient, "/");
    put(rules, Demand.NUMBER, FunctionRules::first, "negative", "positive", "abs", "round");
    put(rules, Demand.NUMBER, always(LongType), "div");
    put(rules, Demand.NUMBER, always(DoubleType), "sqrt", "exp", "ln", "log10", "log2", "power");
    // Logic.
    put(rules, Demand.CONDITION, always(BooleanType), "and", "or", "not", "!");
    put(rules, Demand.COMPARABLE, always(BooleanType), "=", "==", "<=>", "!=", "<>");
    put(rules, Demand.COMPARABLE, always(BooleanType), "<", "<=", ">", ">=", "in");
    put(rules, Demand.ANYTHING, always(BooleanType), "isnull", "isnotnull", "isnan");
    put(rules, Demand.ANYTHING, always(BooleanType), "like", "ilike", "rlike");
    put(rules, Demand.ANYTHING, always(BooleanType), "startswith", "endswith", "contains");
    // Text and time.
    put(rules, Demand.ANYTHING, always(StringType), "upper", "lower", "trim", "ltrim", "rtrim");
    put(rules, Demand.ANYTHING, always(IntegerType), "length", "year", "month", "day", "quarter");
    put(rules, Demand.ANYTHING, always(IntegerType), "dayofmonth", "dayofweek", "dayofyear");
    put(rules, Demand.ANYTHING, always(IntegerType), "hour", "minute", "second", "datediff");
    put(rules, Demand.ANYTHING, always(DateType), "to_date", "last_day", "date_add", "date_sub");
    // Aggregates.
    put(rules, Demand.ANYTHING, always(LongType), "count", "count_if", "approx_count_distinct");
    put(rules, Demand.NUMBER, FunctionRules::sum, "sum");
    put(rules, Demand.NUMBER, FunctionRules::average, "avg", "mean");
    put(rules, Demand.NUMBER, always(DoubleType), "stddev", "stddev_samp", "stddev_pop", "std");
    put(rules, Demand.NUMBER, always(DoubleType), "variance", "var_samp", "var_pop");
    put(rules, Demand.NUMBER, always(DoubleType), "skewness", "kurtosis", "corr");
    put(rules, Demand.NUMBER, always(DoubleType), "covar_samp", "covar_pop");
    put(rules, Demand.ORDERABLE, FunctionRules::first, "min", "max");
    put(rules, Demand.ANYTHING, FunctionRules::first, "first", "last", "mode", "any_value");
    return Map.copyOf(rules);
  }

  private static void put(
      Map<String, FunctionRule> rules,
      Demand demand,
      Function<List<Optional<DataType>>, Optional<DataType>> result,
      String... names) {
    for (String name : names) {
      if (rules.put(name, new FunctionRule(demand, result)) != null) {
        throw new AssertionError(name + " stands here twice");
      }
    }
  }

  private static Function<List<Optional<DataType>>, Optional<DataType>> always(DataType type) {
    return types -> Optional.of(type);
  }

  private static Optional<DataType> first(List<Optional<DataType>> types) {
    return types.stream().findFirst().flatMap(type -> type);
  }

  /** The type of a sum, where it follows from the arguments without precision rules. */
  private static Optional<DataType> arithmetic(List<Optional<DataType>> types) {
    if (types.stream().allMatch(type -> type.filter(Types::isNumeric).isPresent())) {
      if (types.stream().anyMatch(type -> type.filter(DoubleType::equals).isPresent())) {
        return Optional.of(DoubleType);
      }
      return types.stream().distinct().count() == 1
          ? first(types).filter(type -> Types.isWhole(type) || Types.isFractional(type))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<DataType> quotient(List<Optional<DataType>> types) {
    boolean isDouble =
        types.stream()
            .allMatch(
                type -> type.filter(t -> Types.isWhole(t) || Types.isFractional(t)).isPresent());
    return isDouble ? Optional.of(DoubleType) : Optional.empty();
  }

  private static Optional<DataType> sum(List<Optional<DataType>> types) {
    return first(types)
        .flatMap(
            type ->
                Types.isWhole(type)
                    ? Optional.of(LongType)
                    : Types.isFractional(type) ? Optional.of(DoubleType) : Optional.empty());
  }

  private static Optional<DataType> average(List<Optional<DataType>> types) {
    return first(types)
        .filter(type -> Types.isWhole(type) || Types.isFractional(type))
        .map(type -> DoubleType);
  }
}
