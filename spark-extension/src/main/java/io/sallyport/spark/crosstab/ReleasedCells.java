package io.sallyport.spark.crosstab;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Makes the table of counts that were released: which columns it has is part of what was released.
 *
 * @param question what was asked
 * @param free whether what was counted were free rows, so that nothing was left out
 */
public record ReleasedCells(CrosstabQuestion question, boolean free) {

  private static final int MOST = 100_000;

  /**
   * The table.
   *
   * @param released rows of two values and a number, and nothing above them
   * @throws RefusedException LIMIT_EXCEEDED when it is too large
   */
  LogicalPlan table(LogicalPlan released) {
    List<Attribute> counted = Scala.list(released.output());
    List<InternalRow> rows = KeptRows.first(released, MOST + 1);
    if (rows.size() > MOST) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "df.crosstab would be made of more than " + MOST + " counts",
          "groupBy(%s, %s).count()".formatted(question.rows(), question.columns()));
    }
    TreeSet<UTF8String> names = new TreeSet<>();
    Map<UTF8String, Map<UTF8String, Long>> cells = new LinkedHashMap<>();
    for (InternalRow row : rows) {
      UTF8String name = Crosstab.name(text(row, 1, counted));
      names.add(name);
      Crosstab.requireFew(names.size());
      cells
          .computeIfAbsent(text(row, 0, counted), unused -> new HashMap<>())
          .merge(name, row.getLong(2), Long::sum);
    }
    requireFewCells((long) cells.size() * (names.size() + 1));
    List<Attribute> columns = new ArrayList<>();
    columns.add(Catalyst.attribute(question.title(), DataTypes.StringType, true));
    names.forEach(n -> columns.add(Catalyst.attribute(n.toString(), DataTypes.LongType, true)));
    List<InternalRow> table = new ArrayList<>();
    cells.forEach((title, numbers) -> table.add(row(title, numbers, names)));
    return new LocalRelation(Scala.seq(columns), Scala.seq(table), false, Scala.none());
  }

  /** Most places of a wide table of many rows are empty, so counts alone do not bound it. */
  private void requireFewCells(long cells) {
    if (cells > MOST) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "df.crosstab would have more than " + MOST + " cells",
          "groupBy(%s, %s).count()".formatted(question.rows(), question.columns()));
    }
  }

  private InternalRow row(
      UTF8String title, Map<UTF8String, Long> numbers, TreeSet<UTF8String> names) {
    List<Object> values = new ArrayList<>();
    values.add(title);
    for (UTF8String name : names) {
      Long number = numbers.get(name);
      values.add(number == null && free ? Long.valueOf(0) : number);
    }
    return new GenericInternalRow(values.toArray());
  }

  private static UTF8String text(InternalRow row, int place, List<Attribute> columns) {
    if (row.isNullAt(place)) {
      return Crosstab.NULL;
    }
    Attribute column = columns.get(place);
    Literal value = new Literal(row.get(place, column.dataType()), column.dataType());
    return ((UTF8String) Catalyst.cast(value, DataTypes.StringType).eval(null)).clone();
  }
}
