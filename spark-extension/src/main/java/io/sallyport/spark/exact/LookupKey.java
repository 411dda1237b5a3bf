package io.sallyport.spark.exact;

import io.sallyport.policy.frame.Frame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * By which conjuncts of a join at most one row of a frame is looked up: its owner says that no two
 * rows agree in some columns ({@code unique}), and the join equates each of them with a column. An
 * identifier, such as the number of a stay, may be equated with another identifier, a person with a
 * person, and any other column with one that is neither; a blacklisted column with none.
 */
final class LookupKey {

  private LookupKey() {}

  /** The conjuncts, as written; none where the join may find several rows. */
  static List<Expression> of(List<Expression> conjuncts, Part measured, Part other) {
    if (!other.base().leaf()) {
      return List.of();
    }
    Frame frame = other.base().table().frame().orElseThrow();
    Set<String> missing = new HashSet<>(frame.facts().unique());
    List<Expression> key = new ArrayList<>();
    for (Expression conjunct : conjuncts) {
      Optional<String> column = equated(conjunct, measured, other);
      if (column.filter(missing::remove).isPresent()) {
        key.add(conjunct);
      }
    }
    return missing.isEmpty() ? key : List.of();
  }

  /** The column of the frame that a conjunct equates with one of the measured rows. */
  private static Optional<String> equated(Expression conjunct, Part measured, Part other) {
    if (!(conjunct instanceof EqualTo equal)) {
      return Optional.empty();
    }
    return equated(equal.right(), other, equal.left(), measured)
        .or(() -> equated(equal.left(), other, equal.right(), measured));
  }

  private static Optional<String> equated(
      Expression key, Part other, Expression column, Part measured) {
    return own(key, other)
        .filter(
            of ->
                own(column, measured)
                    .filter(with -> with.identifier() == of.identifier())
                    .filter(with -> with.person() == of.person())
                    .isPresent())
        .map(Own::name);
  }

  /** A column of a base itself, in lower case. */
  private record Own(String name, boolean identifier, boolean person) {}

  /** The base's own column that may be equated. */
  private static Optional<Own> own(Expression expression, Part part) {
    boolean known =
        expression instanceof AttributeReference written
            && part.columns().containsKey(written.exprId());
    if (!known || !(part.written(expression) instanceof AttributeReference column)) {
      return Optional.empty();
    }
    Frame frame = part.base().table().frame().orElseThrow();
    return part.base().columns().stream()
        .filter(own -> own.exprId().equals(column.exprId()))
        .map(Attribute::name)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> !frame.blacklist().contains(name))
        .map(name -> new Own(name, frame.directIdentifiers().contains(name), part.isUnit(column)))
        .findFirst();
  }
}
