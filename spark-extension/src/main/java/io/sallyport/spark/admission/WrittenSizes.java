package io.sallyport.spark.admission;

import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How long the texts are that functions make of literals alone, before anything is analysed: {@link
 * TextGrowth} looks at analysed plans, and Spark's analysis may have evaluated such texts by then.
 */
final class WrittenSizes {

  private static final double WRITTEN = 32;
  private static final double BYTES_OF_A_CHARACTER = 4;

  /**
   * Bytes of a text.
   *
   * @param bytes of it, columns left out
   * @param grown whether some function made it longer than it is written
   */
  private record Size(double bytes, boolean grown) {

    Size and(Size other) {
      return new Size(bytes + other.bytes, grown || other.grown);
    }

    Size times(double factor) {
      return new Size(bytes * factor, true);
    }
  }

  private WrittenSizes() {}

  /**
   * Judges an expression.
   *
   * @throws io.sallyport.spark.RefusedException LIMIT_EXCEEDED beyond a million bytes
   */
  static void require(Expression expression) {
    of(expression);
  }

  private static Size of(Expression expression) {
    List<Size> parts = Scala.children(expression).stream().map(WrittenSizes::of).toList();
    Size size = made(expression, parts);
    if (size.grown() && size.bytes() > TextGrowth.MOST_MORE) {
      throw TextGrowth.tooLong();
    }
    return size;
  }

  private static Size made(Expression expression, List<Size> parts) {
    if (expression instanceof Literal literal) {
      double bytes = literal.value() instanceof UTF8String text ? text.numBytes() : WRITTEN;
      return new Size(bytes, false);
    }
    Size all = parts.stream().reduce(new Size(0, false), Size::and);
    if (parts.size() < 2 || !(expression instanceof UnresolvedFunction function)) {
      return all;
    }
    return switch (WrittenConstants.name(function)) {
      case "repeat" -> parts.get(0).times(number(expression));
      case "lpad", "rpad" ->
          all.times(0).and(new Size(BYTES_OF_A_CHARACTER * number(expression), true));
      case "translate" -> all.times(BYTES_OF_A_CHARACTER);
      case "replace" ->
          parts.size() > 2 ? parts.get(0).times(Math.max(1, parts.get(2).bytes())) : all;
      case "concat_ws" -> all.and(parts.get(0).times(parts.size()));
      default -> all;
    };
  }

  /** What is no literal is a column's value, or refused. */
  private static double number(Expression function) {
    return Scala.children(function).get(1) instanceof Literal literal
            && literal.value() instanceof Number number
        ? Math.max(0, number.doubleValue())
        : 0;
  }
}
