package io.sallyport.spark.exact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * A column of a table of people: one number of each person's rows.
 *
 * <p>A sum is the number of rows times their average, which everybody knows. So where an answer
 * tells of sums or averages of a person's rows beside other such numbers, it tells of who has one
 * row more than all others, or another average: as if these had been asked for.
 *
 * @param rows of a sum or an average, what else is known of the rows that it is made of
 */
record PersonalColumn(Kind kind, Attribute column, Optional<Rows> rows) {

  /** What is computed of a person's rows. */
  enum Kind {
    COUNT,
    SUM,
    AVERAGE,
    EXTREME
  }

  /**
   * What a sum and an average are made of.
   *
   * @param value what is added up, as it is compared
   * @param number of the rows that have the value
   */
  record Rows(
      Expression value,
      Attribute number,
      Attribute sum,
      Attribute average,
      Attribute least,
      Attribute greatest) {

    Rows with(UnaryOperator<Expression> change) {
      return new Rows(
          value,
          (Attribute) change.apply(number),
          (Attribute) change.apply(sum),
          (Attribute) change.apply(average),
          (Attribute) change.apply(least),
          (Attribute) change.apply(greatest));
    }
  }

  /** Columns of rows without more that is known of them. */
  static PersonalColumn of(Kind kind, Attribute column) {
    return new PersonalColumn(kind, column, Optional.empty());
  }

  PersonalColumn with(UnaryOperator<Expression> change) {
    return new PersonalColumn(
        kind, (Attribute) change.apply(column), rows.map(r -> r.with(change)));
  }

  /** The columns of which an answer tells that tells of these. */
  static Set<Attribute> beside(Collection<PersonalColumn> told) {
    Set<Attribute> beside = new LinkedHashSet<>();
    for (PersonalColumn one : told) {
      for (PersonalColumn other : told) {
        beside.addAll(one.beside(other));
      }
    }
    return beside;
  }

  private List<Attribute> beside(PersonalColumn other) {
    List<Attribute> beside = new ArrayList<>();
    if (rows.isEmpty() || column.exprId().equals(other.column.exprId())) {
      return beside;
    }
    Rows of = rows.get();
    if (kind == Kind.SUM && other.kind != Kind.SUM) {
      beside.add(of.average());
      if (other.kind != Kind.COUNT) {
        beside.add(of.number());
      }
    }
    if (kind == Kind.AVERAGE && !isApart(other)) {
      beside.add(of.sum());
      beside.add(of.number());
    }
    return beside;
  }

  /** Averages of two columns tell nothing of how many rows there are. */
  private boolean isApart(PersonalColumn other) {
    return other.kind == Kind.AVERAGE
        && !other.rows.orElseThrow().value().equals(rows.orElseThrow().value());
  }
}
