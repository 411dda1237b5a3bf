package io.sallyport.spark.exact;

import static io.sallyport.spark.scala.Catalyst.alias;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/**
 * The numbers of distinct people that a point shows. Where rows are people they are in the cells;
 * otherwise people with rows in several cells are counted once, and several such numbers must not
 * tell of fewer than enough of them ({@link PeopleRule}).
 */
final class PeopleCounts {

  private final Counts counts;

  PeopleCounts(Counts counts) {
    this.counts = counts;
  }

  /** For each group, the number of each function that counts people, by the function's ordinal. */
  List<Map<Integer, Long>> of(List<GroupCells> groups) {
    List<Map<Integer, Long>> none = new ArrayList<>();
    groups.forEach(group -> none.add(Map.of()));
    if (groups.isEmpty()) {
      return none;
    }
    GroupCells.In first = groups.get(0).cells().get(0);
    List<Integer> ordinals = ordinals(first.piece());
    if (ordinals.isEmpty()) {
      return none;
    }
    if (first.table().shape().base().rowsAreUnits()) {
      return groups.stream().map(group -> ofRows(group, ordinals)).toList();
    }
    Map<UnsafeRow, Map<Integer, Long>> counted = counted(first.table(), first.piece(), ordinals);
    return groups.stream().map(group -> counted.get(group.key())).toList();
  }

  static List<Integer> ordinals(PointReading.Piece piece) {
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i < piece.terms().size(); i++) {
      if (piece.terms().get(i).people()) {
        ordinals.add(i);
      }
    }
    return ordinals;
  }

  private static Map<Integer, Long> ofRows(GroupCells group, List<Integer> ordinals) {
    Map<Integer, Long> numbers = new HashMap<>();
    for (int ordinal : ordinals) {
      long people = 0;
      for (GroupCells.In in : group.cells()) {
        Term term = in.piece().terms().get(ordinal);
        people +=
            in.table().shown(in.piece(), term, in.cell()).isPresent() ? in.cell().people() : 0;
      }
      numbers.put(ordinal, people);
    }
    return numbers;
  }

  private Map<UnsafeRow, Map<Integer, Long>> counted(
      CellTable table, PointReading.Piece piece, List<Integer> ordinals) {
    CellShape shape = table.shape();
    CellQuery query = new CellQuery(shape, 1, 0);
    LogicalPlan people = query.people().orElseThrow();
    Bits bits = new Bits(shape.keys().size(), query.cell());
    Attribute person = query.person().orElseThrow();
    List<Alias> keys = new ArrayList<>();
    for (Expression key : piece.keys()) {
      keys.add(alias(query.cell().get(shape.key(piece, key)), "key"));
    }
    List<NamedExpression> columns = new ArrayList<>(keys);
    for (int ordinal : ordinals) {
      Expression counted =
          Catalyst.where(shown(shape, piece, piece.terms().get(ordinal), bits), person);
      columns.add(alias(Catalyst.countDistinct(counted), "people"));
    }
    LogicalPlan passing = new Filter(bits.isSet(shape.passes(piece)), people);
    List<Expression> by = keys.stream().map(Alias::child).toList();
    LogicalPlan plan = Catalyst.aggregate(by, columns, passing);
    List<Expression> references = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      references.add(new BoundReference(i, keys.get(i).dataType(), true));
    }
    UnsafeProjection key = UnsafeProjection.create(Scala.<Expression>seq(references));
    Map<UnsafeRow, Map<Integer, Long>> numbers = new HashMap<>();
    for (InternalRow row : counts.rows(plan)) {
      Map<Integer, Long> of = new HashMap<>();
      for (int i = 0; i < ordinals.size(); i++) {
        of.put(ordinals.get(i), row.getLong(keys.size() + i));
      }
      numbers.put(key.apply(row).copy(), of);
    }
    return numbers;
  }

  /** Where a function counts, over the cells' masks. */
  private static Expression shown(CellShape shape, PointReading.Piece piece, Term term, Bits bits) {
    Expression any = Catalyst.literal(false, DataTypes.BooleanType);
    for (Case one : term.cases()) {
      if (one.isThere()) {
        Expression all = Catalyst.yes();
        for (Map.Entry<Condition, Boolean> part : one.region().entrySet()) {
          Expression bit = bits.isSet(shape.bit(piece, part.getKey()));
          all = Part.both(all, part.getValue() ? bit : new Not(bit));
        }
        any = new Or(any, all);
      }
    }
    return any;
  }

  /** Reads bits of the masks that follow the keys. */
  private record Bits(int keys, List<Attribute> cell) {
    Expression isSet(int bit) {
      Attribute mask = cell.get(keys + bit / CellLayout.BITS);
      Expression one = Catalyst.literal(1L << (bit % CellLayout.BITS), DataTypes.LongType);
      return new EqualTo(new BitwiseAnd(mask, one), one);
    }
  }
}
