package io.sallyport.spark.exact;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.spark.scala.Catalyst;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * What tells apart the cells that an exact question asks for, as far as the plan says. Each
 * expression is over stored columns, and stands here once.
 *
 * @param frames whose people are counted in each cell
 * @param keys rows of one cell have the same values of these; constants are left out
 * @param conditions each holds for all rows of a cell or for none
 * @param measured each is there in all rows of a cell or in none, but for those of which the owner
 *     says that a missing value tells nothing
 */
public record Partition(
    Set<FrameName> frames,
    List<Expression> keys,
    List<Expression> conditions,
    List<Expression> measured) {

  public Partition {
    frames = Set.copyOf(frames);
    keys = List.copyOf(keys);
    conditions = List.copyOf(conditions);
    measured = List.copyOf(measured);
  }

  /** The joint partition of pieces over the same rows. */
  static Partition of(List<PointReading.Piece> pieces) {
    Set<FrameName> frames = new TreeSet<>();
    Map<Expression, Expression> keys = new LinkedHashMap<>();
    Map<Expression, Expression> conditions = new LinkedHashMap<>();
    Map<Expression, Expression> measured = new LinkedHashMap<>();
    for (PointReading.Piece piece : pieces) {
      Part part = piece.part();
      frames.addAll(part.frames().keySet());
      piece.keys().stream().filter(key -> !key.foldable()).forEach(key -> add(keys, key));
      part.states().forEach(state -> add(keys, state));
      if (!part.passes().equals(Catalyst.yes())) {
        add(conditions, part.passes());
      }
      part.conditions().forEach(condition -> add(conditions, condition.expression()));
      for (Term term : piece.terms()) {
        for (Case one : term.cases()) {
          one.region().keySet().forEach(condition -> add(conditions, condition.expression()));
          for (Monomial variable : mentioned(one)) {
            variable.raw().forEach(column -> add(measured, column.expression()));
            variable.keyed().forEach(key -> add(keys, key.expression()));
          }
        }
      }
    }
    return new Partition(
        frames,
        List.copyOf(keys.values()),
        List.copyOf(conditions.values()),
        List.copyOf(measured.values()));
  }

  private static List<Monomial> mentioned(Case one) {
    return one.values().stream()
        .flatMap(Optional::stream)
        .flatMap(number -> number.mentioned().stream())
        .toList();
  }

  private static void add(Map<Expression, Expression> known, Expression one) {
    known.putIfAbsent(one.canonicalized(), one);
  }
}
