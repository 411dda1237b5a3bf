package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.Acos;
import org.apache.spark.sql.catalyst.expressions.Acosh;
import org.apache.spark.sql.catalyst.expressions.Asin;
import org.apache.spark.sql.catalyst.expressions.Asinh;
import org.apache.spark.sql.catalyst.expressions.Atan;
import org.apache.spark.sql.catalyst.expressions.Atan2;
import org.apache.spark.sql.catalyst.expressions.Atanh;
import org.apache.spark.sql.catalyst.expressions.Cosh;
import org.apache.spark.sql.catalyst.expressions.Cot;
import org.apache.spark.sql.catalyst.expressions.Csc;
import org.apache.spark.sql.catalyst.expressions.Factorial;
import org.apache.spark.sql.catalyst.expressions.Hypot;
import org.apache.spark.sql.catalyst.expressions.Sec;
import org.apache.spark.sql.catalyst.expressions.Sinh;
import org.apache.spark.sql.catalyst.expressions.Tanh;

/** Functions of angles, and their inverses. */
final class AngleWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .before(Acos.class, "the angle (radians) whose cosine is")
          .before(Asin.class, "the angle (radians) whose sine is")
          .before(Atan.class, "the angle (radians) whose tangent is")
          .of(Atan2.class, "the angle (radians) to the point")
          .before(Acosh.class, "the inverse hyperbolic cosine of")
          .before(Asinh.class, "the inverse hyperbolic sine of")
          .before(Atanh.class, "the inverse hyperbolic tangent of")
          .before(Cosh.class, "the hyperbolic cosine of")
          .before(Sinh.class, "the hyperbolic sine of")
          .before(Tanh.class, "the hyperbolic tangent of")
          .before(Cot.class, "the cotangent of")
          .before(Csc.class, "the cosecant of")
          .before(Sec.class, "the secant of")
          .of(Hypot.class, "the length of the hypotenuse over the sides")
          .before(Factorial.class, "the factorial of");

  private AngleWords() {}
}
