package io.sallyport.spark.certificate;

import io.sallyport.spark.scala.Scala;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.ShiftRight;
import org.apache.spark.sql.types.DataTypes;

/** Where a column of 64-bit integers is: in here, or NULL. */
record Extent(BigInteger lower, BigInteger upper) {

  private static final Extent ALL_LONGS =
      new Extent(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE));

  /** The largest absolute value. */
  BigInteger most() {
    return lower.abs().max(upper.abs());
  }

  boolean isWithin(Extent other) {
    return lower.compareTo(other.lower) >= 0 && upper.compareTo(other.upper) <= 0;
  }

  Extent or(Extent other) {
    return new Extent(lower.min(other.lower), upper.max(other.upper));
  }

  static Extent of(long lower, long upper) {
    return new Extent(BigInteger.valueOf(lower), BigInteger.valueOf(upper));
  }

  /** Where an integer expression is, whatever its columns hold; empty when it could be anywhere. */
  static Optional<Extent> of(Expression expression, RowFacts rows) {
    if (!DataTypes.LongType.equals(expression.dataType())) {
      return Optional.empty();
    }
    Extent extent = derived(expression, rows);
    return extent.equals(ALL_LONGS) ? Optional.empty() : Optional.of(extent);
  }

  private static Extent derived(Expression expression, RowFacts rows) {
    if (!DataTypes.LongType.equals(expression.dataType())) {
      return ALL_LONGS;
    }
    Class<?> kind = expression.getClass();
    if (kind == Literal.class && ((Literal) expression).value() instanceof Long value) {
      return of(value, value);
    }
    if (kind == AttributeReference.class) {
      return rows.column(((AttributeReference) expression).exprId()).extent().orElse(ALL_LONGS);
    }
    if (kind == If.class) {
      If choice = (If) expression;
      return derived(choice.trueValue(), rows).or(derived(choice.falseValue(), rows));
    }
    if (kind == Least.class || kind == Greatest.class) {
      return extreme(expression, kind == Least.class, rows);
    }
    if (kind == Multiply.class) {
      Multiply product = (Multiply) expression;
      return product(derived(product.left(), rows), derived(product.right(), rows));
    }
    if (kind == ShiftRight.class) {
      return shifted((ShiftRight) expression, rows);
    }
    return ALL_LONGS;
  }

  /** Spark's least and greatest pass over NULLs, so only what is never NULL bounds the others. */
  private static Extent extreme(Expression expression, boolean least, RowFacts rows) {
    Extent all = null;
    for (Expression each : Scala.children(expression)) {
      Extent extent = derived(each, rows);
      all = all == null ? extent : all.or(extent);
    }
    if (all == null) {
      return ALL_LONGS;
    }
    BigInteger lower = all.lower();
    BigInteger upper = all.upper();
    for (Expression each : Scala.children(expression)) {
      if (isNeverNull(each)) {
        Extent bound = derived(each, rows);
        upper = least ? upper.min(bound.upper()) : upper;
        lower = least ? lower : lower.max(bound.lower());
      }
    }
    return new Extent(lower.min(upper), upper.max(lower));
  }

  private static boolean isNeverNull(Expression expression) {
    return expression.getClass() == Literal.class && ((Literal) expression).value() != null;
  }

  private static Extent product(Extent a, Extent b) {
    BigInteger[] corners = {
      a.lower.multiply(b.lower), a.lower.multiply(b.upper),
      a.upper.multiply(b.lower), a.upper.multiply(b.upper)
    };
    Extent product = new Extent(corners[0], corners[0]);
    for (BigInteger corner : corners) {
      product = product.or(new Extent(corner, corner));
    }
    return product.isWithin(ALL_LONGS) ? product : ALL_LONGS;
  }

  private static Extent shifted(ShiftRight shift, RowFacts rows) {
    if (shift.right().getClass() == Literal.class
        && ((Literal) shift.right()).value() instanceof Integer by
        && by >= 0
        && by < Long.SIZE) {
      Extent extent = derived(shift.left(), rows);
      return new Extent(extent.lower.shiftRight(by), extent.upper.shiftRight(by));
    }
    return ALL_LONGS;
  }
}
