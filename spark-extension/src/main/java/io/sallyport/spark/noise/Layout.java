package io.sallyport.spark.noise;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;

/**
 * What one group of a release point looks like: its keys, what is counted in it and what is shown
 * of it. All that an executor needs to know of the point; the plan below it stays on the driver.
 *
 * @param keys the grouping expressions
 * @param shown the analyst's columns
 * @param statistics what is counted
 * @param values what is counted by value
 * @param estimators one for each aggregate function
 */
record Layout(
    List<Expression> keys,
    List<NamedExpression> shown,
    List<Statistic> statistics,
    List<Values> values,
    List<Estimator> estimators)
    implements Serializable {

  Layout {
    keys = List.copyOf(keys);
    shown = List.copyOf(shown);
    statistics = List.copyOf(statistics);
    values = List.copyOf(values);
    estimators = List.copyOf(estimators);
  }

  /** How many numbers, or trees of numbers, get noise of their own in each group. */
  int noisyParts() {
    return statistics.size() + values.size();
  }

  /** The keys of a counted row, which begins with them, as a row that compares by value. */
  InternalRow key(InternalRow counted) {
    Object[] key = new Object[keys.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = InternalRow.copyValue(counted.get(i, keys.get(i).dataType()));
    }
    return new GenericInternalRow(key);
  }

  /** Where values stand among those that get noise: after the statistics. */
  int ordinal(Values wanted) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isSame(wanted)) {
        return statistics.size() + i;
      }
    }
    throw new IllegalArgumentException("The values are not among those counted");
  }

  /** Where a statistic stands among those that are counted. */
  int ordinal(Statistic wanted) {
    for (int i = 0; i < statistics.size(); i++) {
      if (statistics.get(i).isSame(wanted)) {
        return i;
      }
    }
    throw new IllegalArgumentException("The statistic is not among those counted");
  }
}
