package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.Bin;
import org.apache.spark.sql.catalyst.expressions.BitwiseCount;
import org.apache.spark.sql.catalyst.expressions.BitwiseGet;
import org.apache.spark.sql.catalyst.expressions.BitwiseNot;
import org.apache.spark.sql.catalyst.expressions.BitwiseOr;
import org.apache.spark.sql.catalyst.expressions.BitwiseXor;
import org.apache.spark.sql.catalyst.expressions.Conv;
import org.apache.spark.sql.catalyst.expressions.Hex;
import org.apache.spark.sql.catalyst.expressions.ShiftLeft;
import org.apache.spark.sql.catalyst.expressions.ShiftRightUnsigned;
import org.apache.spark.sql.catalyst.expressions.Unhex;

/** Numbers as bits, and in other bases. */
final class BitWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .between(BitwiseOr.class, "or, bit by bit,")
          .between(BitwiseXor.class, "either or, bit by bit,")
          .before(BitwiseNot.class, "the bits that are not set in")
          .before(BitwiseCount.class, "how many bits are set in")
          .on(
              BitwiseGet.class,
              (e, words) -> "bit " + words.operand(e, 1) + " of " + words.operand(e, 0))
          .between(ShiftLeft.class, "times two to the power of")
          .between(ShiftRightUnsigned.class, "without a sign, with as many bits dropped as")
          .before(Bin.class, "the binary digits of")
          .before(Hex.class, "the hexadecimal digits of")
          .before(Unhex.class, "the bytes with the hexadecimal digits")
          .on(
              Conv.class,
              (e, words) ->
                  words.operand(e, 0)
                      + " written in base "
                      + words.operand(e, 2)
                      + " instead of "
                      + words.operand(e, 1));

  private BitWords() {}
}
