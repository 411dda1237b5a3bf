package io.sallyport.spark.noise;

import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/**
 * All the groups that there can be, as owners declared them: every combination of the keys'
 * declared values. Each is answered, also when nobody is in it, so that which groups there are says
 * nothing.
 *
 * @param values for each key its values, of the key's type, none twice
 */
record DeclaredKeys(List<List<Object>> values) implements PublicKeys {

  /** Empty when there are too many: these are left to selection by the data. */
  static Optional<PublicKeys> of(List<Expression> keys, PublicDomains domains) {
    List<List<Object>> all = new ArrayList<>();
    long combinations = 1;
    for (Expression key : keys) {
      List<String> declared =
          key instanceof Attribute column ? domains.values().get(column.exprId()) : null;
      if (declared == null) {
        return Optional.empty();
      }
      List<Object> typed = declared.stream().map(text -> value(key, text)).distinct().toList();
      all.add(typed);
      combinations *= typed.size();
      if (combinations > MOST) {
        return Optional.empty();
      }
    }
    return keys.isEmpty() ? Optional.empty() : Optional.of(new DeclaredKeys(all));
  }

  private static Object value(Expression key, String text) {
    Object value =
        Catalyst.cast(Literal.create(text, DataTypes.StringType), key.dataType()).eval(null);
    if (value == null) {
      throw new IllegalStateException(
          "The declared value '%s' is no %s".formatted(text, key.dataType().catalogString()));
    }
    return canonical(value);
  }

  /** As Spark groups: there is one zero, and one NaN. */
  private static Object canonical(Object value) {
    if (value instanceof Double number) {
      return number == 0 ? 0.0 : number.isNaN() ? Double.NaN : number;
    }
    if (value instanceof Float number) {
      return number == 0 ? 0.0f : number.isNaN() ? Float.NaN : number;
    }
    return value;
  }

  @Override
  public OptionalLong atMost() {
    return OptionalLong.of(size());
  }

  private long size() {
    return values.stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
  }

  @Override
  public Expression contain(List<Expression> keys) {
    Expression all = Catalyst.yes();
    for (int i = 0; i < keys.size(); i++) {
      Expression key = keys.get(i);
      List<Expression> literals = new ArrayList<>();
      values.get(i).forEach(value -> literals.add(new Literal(value, key.dataType())));
      all = new And(all, new In(key, Scala.seq(literals)));
    }
    return all;
  }

  @Override
  public String inWords() {
    return "all %d declared groups are shown".formatted(size());
  }

  /** Every combination, as a row of the keys. */
  List<InternalRow> rows() {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of());
    for (List<Object> column : values) {
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> row : rows) {
        for (Object value : column) {
          List<Object> next = new ArrayList<>(row);
          next.add(value);
          longer.add(next);
        }
      }
      rows = longer;
    }
    return rows.stream().<InternalRow>map(r -> new GenericInternalRow(r.toArray())).toList();
  }
}
