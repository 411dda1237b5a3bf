package io.sallyport.connect.client.local;

import io.sallyport.connect.client.local.FunctionRules.Demand;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.internal.ColumnNode;
import org.apache.spark.sql.internal.Literal;
import org.apache.spark.sql.types.DataType;

/**
 * The arguments of one call, held against what the function demands.
 *
 * @param operator in whose columns the call is
 * @param function the function's name
 * @param demand what each argument must be
 * @param nodes the arguments
 * @param types their types, as far as they are known
 */
record Arguments(
    String operator,
    String function,
    Demand demand,
    List<ColumnNode> nodes,
    List<Optional<DataType>> types) {

  /**
   * @throws LocalError for an argument of a type that the function cannot take
   */
  void check() {
    switch (demand) {
      case ANYTHING -> {}
      case COMPARABLE -> comparable();
      case NUMBER, CALCULABLE, CONDITION, ORDERABLE -> {
        boolean withTime =
            types.stream().anyMatch(type -> type.filter(Arguments::isTimely).isPresent());
        for (int i = 0; i < types.size(); i++) {
          if (types.get(i).isPresent() && !fits(types.get(i).get(), withTime)) {
            throw refused(i, types.get(i).get());
          }
        }
      }
    }
  }

  private boolean fits(DataType type, boolean withTime) {
    if (Types.isNull(type)) {
      return true;
    }
    return switch (demand) {
      case ANYTHING, COMPARABLE -> true;
      case NUMBER -> Types.isNumeric(type) || Types.isInterval(type);
      // A text beside a date is read as a date or an interval.
      case CALCULABLE ->
          Types.isNumeric(type) || isTimely(type) || (Types.isText(type) && withTime);
      case CONDITION -> Types.isBoolean(type);
      case ORDERABLE -> !Types.isMap(type);
    };
  }

  private static boolean isTimely(DataType type) {
    return Types.isTime(type) || Types.isInterval(type);
  }

  private LocalError refused(int index, DataType type) {
    String remedy = Types.isText(type) && demand != Demand.CONDITION ? "; cast it first" : "";
    return LocalError.in(
        operator,
        "An argument of "
            + function
            + " must be "
            + demand.words()
            + ", but "
            + ColumnTypes.shown(nodes.get(index))
            + " is "
            + type.sql()
            + remedy);
  }

  private void comparable() {
    if (types.isEmpty() || types.get(0).isEmpty()) {
      return;
    }
    DataType first = types.get(0).get();
    for (int i = 1; i < types.size(); i++) {
      if (types.get(i).isEmpty()) {
        continue;
      }
      DataType other = types.get(i).get();
      if (!Types.mayMeet(first, other)) {
        throw LocalError.in(
            operator,
            ColumnTypes.shown(nodes.get(0))
                + " is "
                + first.sql()
                + " and cannot be compared with "
                + ColumnTypes.shown(nodes.get(i))
                + ", which is "
                + other.sql());
      }
      requireReadable(nodes.get(i), first);
      requireReadable(nodes.get(0), other);
    }
  }

  /** A text written where a number or a date is meant must at least be one. */
  private void requireReadable(ColumnNode node, DataType other) {
    if (node instanceof Literal literal
        && literal.value() instanceof String text
        && !isReadable(text.strip(), other)) {
      throw LocalError.in(
          operator, "The text '" + text + "' is compared with " + other.sql() + ", and is none");
    }
  }

  private static boolean isReadable(String text, DataType type) {
    try {
      if (Types.isNumeric(type)) {
        return Double.isFinite(Double.parseDouble(text)) || !text.isEmpty();
      }
      if (Types.isDate(type) && text.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(text).getYear() >= 0;
      }
      // Spark reads more forms of dates than one: at least a digit or a name of a day is in each.
      return !Types.isDate(type) || text.matches(".*\\d.*|epoch|now|today|tomorrow|yesterday");
    } catch (NumberFormatException | DateTimeException e) {
      return false;
    }
  }
}
