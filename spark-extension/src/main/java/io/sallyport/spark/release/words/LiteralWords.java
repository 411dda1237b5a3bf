package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** Constants of a plan, exactly. */
final class LiteralWords {

  private LiteralWords() {}

  static String of(Literal literal) {
    if (literal.value() == null) {
      return "nothing (NULL)";
    }
    if (literal.dataType() instanceof StringType) {
      return PlainText.literal(literal.value().toString());
    }
    if (literal.dataType() instanceof NumericType || literal.dataType() instanceof BooleanType) {
      return literal.value().toString();
    }
    // Dates, times and the like, in SQL's words: DATE '2024-01-31'
    return PlainText.shortened(PlainText.escaped(literal.sql()), 200);
  }
}
