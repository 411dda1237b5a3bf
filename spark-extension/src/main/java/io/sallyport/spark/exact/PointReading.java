package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.spark.label.CanonicalKeys;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * A release point, read.
 *
 * @param aggregate the node
 * @param parts what each branch below it measures; one where there is no union
 */
public record PointReading(Aggregate aggregate, List<Piece> parts) {

  /**
   * One branch of a release point.
   *
   * @param part its rows
   * @param keys the point's keys over stored columns
   * @param terms the point's functions over it, in the same order in each branch
   */
  record Piece(Part part, List<Expression> keys, List<Term> terms) {
    Piece {
      keys = List.copyOf(keys);
      terms = List.copyOf(terms);
    }
  }

  public PointReading {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a release point, over the same columns as those that were read before for the question.
   *
   * @param before the parts of other points; where one of them is over the same rows, its columns
   *     are used
   * @throws Unreadable when it cannot be answered from statistics of cells
   */
  static PointReading of(Aggregate aggregate, List<Part> before) {
    CanonicalKeys.against(aggregate)
        .ifPresent(
            objection -> {
              throw new Unreadable(objection.code(), objection.subject(), objection.remedy());
            });
    Origins origins = new Origins();
    List<Part> adopted = new ArrayList<>(before);
    List<Piece> pieces = new ArrayList<>();
    for (Part read : new RowReader(origins).read(aggregate.child())) {
      Part part = Adoption.of(read, adopted, origins);
      adopted.add(part);
      pieces.add(piece(aggregate, part, origins));
    }
    boolean people =
        pieces.get(0).terms().stream()
            .anyMatch(
                term ->
                    term.people()
                        || term.values().isPresent()
                        || term.family() == AggregateFamily.QUANTILE);
    if (people && pieces.size() > 1) {
      throw new Unreadable(
          RefusalCode.AGG_NOT_ALLOWED,
          "count(DISTINCT ...) or a quantile over a union, whose branches may have the same people",
          "the same of each frame by itself");
    }
    return new PointReading(aggregate, pieces);
  }

  private static Piece piece(Aggregate aggregate, Part part, Origins origins) {
    origins.requireNoneInCondition(part.passes(), "a filter");
    part.conditions().forEach(c -> origins.requireNoneInCondition(c.expression(), "a join"));
    List<Expression> keys = new ArrayList<>();
    for (Expression key : Scala.<Expression>list(aggregate.groupingExpressions())) {
      Expression written = part.written(key);
      origins.requireNone(
          written, RefusalCode.KEY_NOT_ALLOWED, "the aggregate's key", "groups by other columns");
      keys.add(written);
    }
    List<Term> terms =
        new TermReader(part, origins)
            .read(
                Scala.<NamedExpression>list(aggregate.aggregateExpressions()).stream()
                    .map(column -> (Expression) column)
                    .toList());
    List<Expression> values = terms.stream().flatMap(term -> term.values().stream()).toList();
    Part told =
        part.withLookedUp(Map.of(), List.of(), values, Set.of(), Set.of(), Set.of(), List.of());
    return new Piece(values.isEmpty() ? part : told, keys, terms);
  }

  /** Every frame that has a part. */
  Set<FrameName> frames() {
    Set<FrameName> frames = new TreeSet<>();
    parts.forEach(piece -> frames.addAll(piece.part().frames().keySet()));
    return frames;
  }

  /** What an owner may grant or not: the families of its functions. */
  public Set<AggregateFamily> functions() {
    Set<AggregateFamily> functions = EnumSet.noneOf(AggregateFamily.class);
    for (Piece piece : parts) {
      for (Term term : piece.terms()) {
        functions.add(term.family());
        boolean product =
            term.cases().stream()
                .flatMap(one -> one.values().stream().flatMap(Optional::stream))
                .anyMatch(number -> number.degree() > 1);
        if (product) {
          functions.add(AggregateFamily.PRODUCT);
        }
      }
    }
    return functions;
  }

  static boolean isFractional(DataType type) {
    return type instanceof DoubleType || type instanceof FloatType;
  }
}
