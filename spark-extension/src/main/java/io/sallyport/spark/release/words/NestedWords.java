package io.sallyport.spark.release.words;

import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.ArrayDistinct;
import org.apache.spark.sql.catalyst.expressions.ArrayJoin;
import org.apache.spark.sql.catalyst.expressions.ArrayMax;
import org.apache.spark.sql.catalyst.expressions.ArrayMin;
import org.apache.spark.sql.catalyst.expressions.ArrayPosition;
import org.apache.spark.sql.catalyst.expressions.ArrayRemove;
import org.apache.spark.sql.catalyst.expressions.ArraySize;
import org.apache.spark.sql.catalyst.expressions.ArraysOverlap;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Get;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Slice;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.TryElementAt;

/** Lists and structs of one row. */
final class NestedWords {

  static final ExpressionWords.Table TABLE =
      new ExpressionWords.Table()
          .of(CreateNamedStruct.class, "the names and values")
          .on(
              GetStructField.class,
              (e, words) ->
                  "the field "
                      + PlainText.escaped(e.extractFieldName())
                      + " of "
                      + words.operand(e, 0))
          .on(
              Get.class,
              (e, words) ->
                  "element " + words.operand(e, 1) + " (from 0) of " + words.operand(e, 0))
          .on(
              TryElementAt.class,
              (e, words) ->
                  "element " + words.operand(e, 1) + " (from 1) of " + words.operand(e, 0))
          .before(ArraySize.class, "the number of elements of")
          .between(ArrayContains.class, "has the element")
          .before(ArrayMax.class, "the largest element of")
          .before(ArrayMin.class, "the smallest element of")
          .on(
              ArrayPosition.class,
              (e, words) -> "the place of " + words.operand(e, 1) + " in " + words.operand(e, 0))
          .of(
              ArrayJoin.class,
              "the text of all elements of the first, with the second between them,")
          .between(ArraysOverlap.class, "has an element in common with")
          .before(ArrayDistinct.class, "the different elements of")
          .on(
              ArrayRemove.class,
              (e, words) -> words.operand(e, 0) + " without the element " + words.operand(e, 1))
          .before(SortArray.class, "in order, the elements of")
          .on(
              Slice.class,
              (e, words) ->
                  words.operand(e, 2)
                      + " elements, from number "
                      + words.operand(e, 1)
                      + " on, of "
                      + words.operand(e, 0));

  private NestedWords() {}
}
