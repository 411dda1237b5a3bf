package io.sallyport.spark.noise;

import io.sallyport.spark.scala.Catalyst;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;

/**
 * One group of a noisy release as it is recorded: the analyst's columns, its keys, and the noisy
 * numbers themselves. From these more can be computed later, and no noise is drawn again.
 */
public final class RecordedGroup {

  private RecordedGroup() {}

  /** The columns of a recorded release, the analyst's first. */
  public static List<Attribute> columns(List<Attribute> shown, NoisyPoint point) {
    List<Attribute> columns = new ArrayList<>();
    shown.forEach(column -> columns.add(column.withNullability(true)));
    for (Expression key : point.keys()) {
      columns.add(Catalyst.alias(Catalyst.nothing(key.dataType()), "key").toAttribute());
    }
    for (int i = 0; i < point.noisyParts(); i++) {
      columns.add(Catalyst.alias(Catalyst.nothing(DataTypes.DoubleType), "number").toAttribute());
    }
    return columns;
  }

  static InternalRow row(Layout layout, InternalRow shown, InternalRow key, NoisyNumbers noisy) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < layout.shown().size(); i++) {
      values.add(shown.get(i, ((Expression) layout.shown().get(i)).dataType()));
    }
    List<Expression> keys = layout.keys();
    for (int i = 0; i < keys.size(); i++) {
      values.add(key.get(i, keys.get(i).dataType()));
    }
    values.addAll(noisy.sums());
    for (int i = 0; i < layout.values().size(); i++) {
      // The counts of a tree are too many to keep; its quantiles are among the shown columns.
      boolean one = layout.values().get(i) instanceof DistinctValues;
      values.add(one ? noisy.values().get(i).applyAsDouble(0) : Double.NaN);
    }
    return new GenericInternalRow(values.toArray());
  }

  /** The keys of a recorded group. */
  static InternalRow key(NoisyPoint point, InternalRow recorded) {
    int first = point.shown().size();
    List<Expression> keys = point.keys();
    Object[] key = new Object[keys.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = recorded.get(first + i, keys.get(i).dataType());
    }
    return new GenericInternalRow(key);
  }

  /** The noisy numbers of a recorded group, in the order of the point's parts. */
  static double[] numbers(NoisyPoint point, InternalRow recorded) {
    int first = point.shown().size() + point.keys().size();
    double[] numbers = new double[point.noisyParts()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = recorded.getDouble(first + i);
    }
    return numbers;
  }
}
