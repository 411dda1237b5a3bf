package io.sallyport.spark.seal;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.unsafe.types.UTF8String;

/** A small table whose columns are all text. */
public final class TextTable {

  private TextTable() {}

  /** The table as a plan of its own; every row has a text, or null, for each column. */
  public static LogicalPlan of(List<String> columns, List<List<String>> rows) {
    List<Attribute> attributes = new ArrayList<>();
    for (String column : columns) {
      attributes.add(
          new AttributeReference(
              column,
              DataTypes.StringType,
              true,
              Metadata.empty(),
              NamedExpression.newExprId(),
              Scala.noElements()));
    }
    List<InternalRow> internal = new ArrayList<>();
    for (List<String> row : rows) {
      Object[] values = row.stream().map(UTF8String::fromString).toArray();
      internal.add(new GenericInternalRow(Arrays.copyOf(values, values.length)));
    }
    return new LocalRelation(Scala.seq(attributes), Scala.seq(internal), false, Scala.none());
  }
}
