package io.sallyport.spark.exact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * A product of variables.
 *
 * @param raw stored columns, each an attribute of a governed leaf or of a table of people
 * @param keyed expressions that are keys of the cells, so that they are constant in each
 */
record Monomial(List<Variable> raw, List<Variable> keyed) {

  private static final Comparator<Variable> ORDER = Comparator.comparing(Variable::name);

  static final Monomial ONE = new Monomial(List.of(), List.of());

  /**
   * A variable, equal to another that reads the same.
   *
   * @param expression as it was written
   * @param canonical what it is compared by
   */
  record Variable(Expression expression, Expression canonical, String name) {
    static Variable of(Expression expression) {
      Expression canonical = expression.canonicalized();
      return new Variable(expression, canonical, canonical.toString());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Variable that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
      return canonical.hashCode();
    }
  }

  Monomial {
    raw = raw.stream().sorted(ORDER).toList();
    keyed = keyed.stream().sorted(ORDER).toList();
  }

  static Monomial raw(Expression column) {
    return new Monomial(List.of(Variable.of(column)), List.of());
  }

  static Monomial keyed(Expression key) {
    return new Monomial(List.of(), List.of(Variable.of(key)));
  }

  Monomial times(Monomial other) {
    List<Variable> bothRaw = new ArrayList<>(raw);
    bothRaw.addAll(other.raw);
    List<Variable> bothKeyed = new ArrayList<>(keyed);
    bothKeyed.addAll(other.keyed);
    return new Monomial(bothRaw, bothKeyed);
  }

  /** Each stored column by itself. */
  List<Monomial> factors() {
    return raw.stream().distinct().map(one -> new Monomial(List.of(one), List.of())).toList();
  }

  /** How many stored columns are multiplied. */
  int degree() {
    return raw.size();
  }

  /** The stored columns that are multiplied, without the keys. */
  Monomial measured() {
    return keyed.isEmpty() ? this : new Monomial(raw, List.of());
  }
}
