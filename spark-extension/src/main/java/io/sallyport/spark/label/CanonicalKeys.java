package io.sallyport.spark.label;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.question.Objection;
import io.sallyport.spark.scala.Scala;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DatetimeType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Keys of a release point of which equal values look the same.
 *
 * <p>A group has one key, and where equal values can be written in several ways, Spark shows the
 * way of one of its rows: one person's spelling, which changes when that person leaves. A collation
 * that takes letters or trailing spaces for equal makes such values, and so does a map, whose
 * entries may stand in any order. Floating numbers do not: Spark groups by one zero and one NaN,
 * and shows these. Looked at by type, so whatever a key is computed from.
 */
public final class CanonicalKeys {

  /** Types of which equal values are the same bytes; what is not among them is refused. */
  private static final List<Class<?>> ONE_FORM =
      List.of(
          NumericType.class,
          BooleanType.class,
          BinaryType.class,
          DatetimeType.class,
          DayTimeIntervalType.class,
          YearMonthIntervalType.class,
          CalendarIntervalType.class,
          NullType.class);

  private CanonicalKeys() {}

  /** What stands against the keys of an aggregate whose groups are to be shown. */
  public static Optional<Objection> against(Aggregate aggregate) {
    return Scala.<Expression>list(aggregate.groupingExpressions()).stream()
        .filter(key -> !isCanonical(key.dataType()))
        .findFirst()
        .map(CanonicalKeys::objection);
  }

  /** Whether equal values of a type are the same bytes once Spark has grouped by them. */
  public static boolean isCanonical(DataType type) {
    if (type instanceof StringType text) {
      return text.supportsBinaryEquality();
    }
    if (type instanceof ArrayType list) {
      return isCanonical(list.elementType());
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).allMatch(field -> isCanonical(field.dataType()));
    }
    return ONE_FORM.stream().anyMatch(known -> known.isInstance(type));
  }

  private static Objection objection(Expression key) {
    return new Objection(
        RefusalCode.KEY_NOT_ALLOWED,
        "the aggregate groups by %s of type %s, where equal values can be written in several ways and one person's would be shown"
            .formatted(key.sql(), key.dataType().catalogString()),
        key.dataType() instanceof StringType
            ? "groups by lower(CAST(%s AS STRING)), or by another form that equal values have in common"
                .formatted(key.sql())
            : "groups by single values without a collation");
  }
}
