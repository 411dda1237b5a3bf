package io.sallyport.spark.release;

import io.sallyport.policy.frame.Frame;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongPredicate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.unsafe.types.UTF8String;

/** A few rows of a few people in the place of each sealed leaf, nasty values among them. */
final class SmallDatabase {

  static final int PEOPLE = 6;
  static final String PERSON = "patient_id";
  private static final double[] NASTY = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e308, -1e308
  };

  private final Random random;
  private final Map<String, List<InternalRow>> tables = new HashMap<>();

  SmallDatabase(long seed) {
    random = new Random(seed);
  }

  /** The plan over the rows of those people only; public tables are the same for everybody. */
  LogicalPlan in(LogicalPlan plan, LongPredicate people) {
    return Scala.rewriteUp(plan, node -> node instanceof SealedFrame f ? rows(f, people) : node);
  }

  private LogicalPlan rows(SealedFrame leaf, LongPredicate people) {
    List<Attribute> columns = leaf.attributes();
    Optional<Frame> frame = leaf.table().frame();
    List<InternalRow> all =
        tables.computeIfAbsent(leaf.table().name().value(), name -> make(columns, frame));
    int unit = ordinal(columns, PERSON);
    boolean rowIsPerson = frame.filter(f -> f.unit().isRow()).isPresent();
    List<InternalRow> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (frame.isEmpty() || people.test(rowIsPerson ? i : all.get(i).getLong(unit))) {
        kept.add(all.get(i));
      }
    }
    return new LocalRelation(Scala.seq(columns), Scala.seq(kept), false, Scala.none());
  }

  private static int ordinal(List<Attribute> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return 0;
  }

  /** Where the owner says that each person has one row at most, it is so. */
  private List<InternalRow> make(List<Attribute> columns, Optional<Frame> frame) {
    boolean unique = frame.filter(f -> f.facts().uniqueUnit()).isPresent();
    Set<Object> seen = new HashSet<>();
    List<InternalRow> rows = new ArrayList<>();
    int size = 4 + random.nextInt(20);
    for (int i = 0; i < size; i++) {
      Object[] row = new Object[columns.size()];
      Object person = null;
      for (int c = 0; c < row.length; c++) {
        boolean unit = columns.get(c).name().equals(PERSON);
        row[c] = unit ? (Object) (long) random.nextInt(PEOPLE) : value(columns.get(c).dataType());
        person = unit ? row[c] : person;
      }
      if (!unique || seen.add(person)) {
        rows.add(new GenericInternalRow(row));
      }
    }
    return rows;
  }

  private Object value(DataType type) {
    if (random.nextInt(10) == 0) {
      return null;
    }
    if (type instanceof IntegerType) {
      return random.nextInt(12) == 0 ? Integer.MAX_VALUE : random.nextInt(5) - 1;
    }
    if (type instanceof LongType) {
      return (long) random.nextInt(6);
    }
    if (type instanceof DoubleType) {
      return random.nextInt(6) == 0
          ? NASTY[random.nextInt(NASTY.length)]
          : random.nextInt(40) / 4.0 - 2;
    }
    return type instanceof BooleanType
        ? (Object) random.nextBoolean()
        : UTF8String.fromString("t" + random.nextInt(3));
  }
}
