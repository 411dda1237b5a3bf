package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;

/**
 * The windows of quantiles as conditions of a question: who is in the window of the own group, who
 * is below it, and, where a value between two is told, who has the smaller of both. A place in the
 * order of all is a number of people, so cells are told apart by these, and are judged as all
 * others.
 */
final class QuantileBands {

  /**
   * The window of one group.
   *
   * @param from its least value
   * @param to its greatest
   * @param between whether a value between both is told, which enough people share each
   */
  record Band(UnsafeRow group, Object from, Object to, boolean between) {

    private Band smaller() {
      return new Band(group, from, from, false);
    }
  }

  private Part part;
  private final List<Expression> keys;

  QuantileBands(PointReading.Piece piece) {
    this.part = piece.part();
    this.keys = piece.keys();
  }

  /**
   * Adds the windows of all groups around one place.
   *
   * @param column whose values they are of
   * @return the condition that a row is in the window of its group
   */
  Condition add(Expression column, List<Band> bands) {
    add(column, bands, true);
    List<Band> smaller = bands.stream().filter(Band::between).map(Band::smaller).toList();
    if (!smaller.isEmpty()) {
      add(column, smaller, false);
    }
    return add(column, bands, false);
  }

  private Condition add(Expression column, List<Band> bands, boolean below) {
    List<Attribute> columns = new ArrayList<>();
    List<Expression> equal = new ArrayList<>();
    for (Expression key : keys) {
      Attribute own = Catalyst.attribute("group", key.dataType(), true);
      columns.add(own);
      equal.add(new EqualNullSafe(key, own));
    }
    Attribute from = Catalyst.attribute("from", column.dataType(), true);
    Attribute to = Catalyst.attribute("to", column.dataType(), true);
    columns.add(from);
    columns.add(to);
    if (below) {
      equal.add(new LessThan(column, from));
    } else {
      equal.add(new GreaterThanOrEqual(column, from));
      equal.add(new LessThanOrEqual(column, to));
    }
    List<InternalRow> rows = new ArrayList<>();
    for (Band band : bands) {
      Object[] values = new Object[columns.size()];
      for (int i = 0; i < keys.size(); i++) {
        values[i] = band.group().isNullAt(i) ? null : band.group().get(i, keys.get(i).dataType());
      }
      values[keys.size()] = band.from();
      values[keys.size() + 1] = band.to();
      rows.add(new GenericInternalRow(values));
    }
    LocalRelation relation =
        new LocalRelation(Scala.seq(columns), Scala.seq(rows), false, Scala.none());
    Attachment attachment = Attachment.existence(relation, equal.stream().reduce(And::new));
    Condition condition = Condition.of(attachment.matched());
    part = part.with(attachment, Map.of(), part.passes(), List.of(condition));
    return condition;
  }

  /** The rows with all these conditions, as a piece of the question. */
  PointReading.Piece piece(List<Term> terms) {
    return new PointReading.Piece(part, keys, terms);
  }
}
