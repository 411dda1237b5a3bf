package io.sallyport.spark.exact;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;

/**
 * A piece whose answer leaves some groups out, as two pieces: one that asks for the others alone,
 * and one that asks for all of them without telling them apart, as a total would.
 */
final class Dropped {

  private Dropped() {}

  static List<PointReading.Piece> from(PointReading.Piece piece, List<UnsafeRow> groups) {
    Part part = piece.part();
    List<Attribute> columns = new ArrayList<>();
    List<Expression> equal = new ArrayList<>();
    for (Expression key : piece.keys()) {
      Attribute column = Catalyst.attribute("left out", key.dataType(), true);
      columns.add(column);
      equal.add(new EqualNullSafe(key, column));
    }
    LocalRelation keys =
        new LocalRelation(Scala.seq(columns), Scala.seq(groups), false, Scala.none());
    Attachment leftOut = Attachment.existence(keys, equal.stream().reduce(And::new));
    Part shown =
        part.with(
            leftOut, Map.of(), Part.both(part.passes(), new Not(leftOut.matched())), List.of());
    return List.of(
        new PointReading.Piece(shown, piece.keys(), piece.terms()),
        new PointReading.Piece(
            part, List.of(), piece.terms().stream().filter(term -> !term.people()).toList()));
  }
}
