package io.sallyport.spark.exact;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.rule.AggregateFamily;
import io.sallyport.spark.label.AggregateFamilies;
import io.sallyport.spark.label.CanonicalKeys;
import io.sallyport.spark.scala.Scala;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CountIf;
import org.apache.spark.sql.types.NumericType;

/** Reads the aggregate functions of a release point over one of its parts. */
final class TermReader {

  /** Products of at most so many columns are added up. */
  private static final int MOST_FACTORS = 3;

  private static final Optional<Polynomial> ONE = Optional.of(Polynomial.constant(BigDecimal.ONE));

  private final Part part;
  private final Origins origins;
  private final NumberReader numbers;

  // Of which quantiles were asked for so far.
  private Optional<Case> column = Optional.empty();
  private int places;

  TermReader(Part part, Origins origins) {
    this.part = part;
    this.origins = origins;
    this.numbers = new NumberReader(part.stored());
  }

  /** The functions of some output columns, in their order. */
  List<Term> read(List<? extends Expression> columns) {
    List<Term> terms = new ArrayList<>();
    columns.forEach(column -> collect(column, terms));
    return terms;
  }

  private void collect(Expression expression, List<Term> terms) {
    if (expression instanceof AggregateExpression function) {
      terms.add(term(function));
    } else {
      Scala.children(expression).forEach(inner -> collect(inner, terms));
    }
  }

  private Term term(AggregateExpression function) {
    String name = function.aggregateFunction().prettyName();
    Optional<Quantile> quantile = Quantile.of(function);
    if (quantile.isPresent()) {
      return quantile(function, name);
    }
    AggregateFamily family =
        AggregateFamilies.of(function)
            .orElseThrow(
                () ->
                    new Unreadable(
                        RefusalCode.AGG_NOT_ALLOWED,
                        name + " can show one person's value",
                        "count, sum, avg, stddev, variance, covar, corr or regr_*"));
    Term term =
        function.isDistinct()
            ? people(function, family)
            : new Term(function, family, within(function, cases(function, family)), false);
    term.cases().forEach(one -> requireAdmitted(one, name));
    if (term.isOfSecondOrder()) {
      term.cases().forEach(one -> requireLinear(one, name));
    }
    return term;
  }

  /** One stored column of rows that are each another person's. */
  private Term quantile(AggregateExpression function, String name) {
    if (!part.base().rowsAreUnits() || function.isDistinct() || function.filter().isDefined()) {
      throw new Unreadable(
          RefusalCode.AGG_NOT_ALLOWED,
          name + " of rows of which a person may have several, or with FILTER or DISTINCT",
          "one number for each person first (GROUP BY the privacy unit in a subquery), and WHERE");
    }
    Expression written = part.written(Scala.children(function.aggregateFunction()).get(0));
    origins.requireNone(written, RefusalCode.AGG_NOT_ALLOWED, name, name + " of another column");
    List<Case> cases = numbers.read(written);
    if (!(written.dataType() instanceof NumericType)) {
      throw new Unreadable(
          RefusalCode.AGG_NOT_ALLOWED,
          name + " of a column that is no number",
          name + " of a number, such as year(column) computed for each person first");
    }
    places += Quantile.of(function).orElseThrow().ranks().size();
    if (places > Quantile.MOST_PLACES) {
      throw Quantile.tooManyPlaces();
    }
    Optional<Case> own = Optional.of(Quantile.column(cases, name));
    if (column.isPresent() && !column.equals(own)) {
      throw new Unreadable(
          RefusalCode.AGG_NOT_ALLOWED,
          "medians and percentiles of two columns in one aggregate",
          "one column in each query");
    }
    column = own;
    return new Term(function, AggregateFamily.QUANTILE, cases, false);
  }

  private List<Case> cases(AggregateExpression function, AggregateFamily family) {
    if (function.aggregateFunction() instanceof CountIf counted) {
      Condition condition = Condition.of(part.written(counted.child()));
      return when(condition, List.of(new Case(Map.of(), List.of(ONE))), 1);
    }
    List<Expression> arguments = Scala.children(function.aggregateFunction());
    if (family == AggregateFamily.COUNT && function.aggregateFunction().getClass() == Count.class) {
      return counted(arguments);
    }
    List<Case> all = List.of(new Case(Map.of(), List.of()));
    for (Expression argument : arguments) {
      Expression written = part.written(argument);
      List<Case> both = new ArrayList<>();
      for (Case before : all) {
        for (Case next : numbers.read(written)) {
          before.and(next).ifPresent(both::add);
        }
      }
      all = both;
    }
    all.forEach(one -> requireAdmitted(one, name(function)));
    arguments.forEach(
        argument ->
            origins.requireNone(
                part.written(argument),
                RefusalCode.AGG_NOT_ALLOWED,
                name(function),
                name(function) + " of another column"));
    return all;
  }

  private static String name(AggregateExpression function) {
    return function.aggregateFunction().prettyName();
  }

  /** Rows are counted where all arguments are there, whatever they are. */
  private List<Case> counted(List<Expression> arguments) {
    List<Case> cases = List.of(new Case(Map.of(), List.of(ONE)));
    for (Expression argument : arguments) {
      Expression written = part.written(argument);
      if (isPerson(written)) {
        continue; // rows without a person are not part of the frame
      }
      if (written instanceof If choice
          && isPerson(choice.trueValue())
          && isNull(choice.falseValue())) {
        cases = when(Condition.of(choice.predicate()), cases, 1);
        continue;
      }
      origins.requireNone(
          written, RefusalCode.AGG_NOT_ALLOWED, "count", "count of another column, or count(*)");
      if (written instanceof AttributeReference column
          && part.freelyMissing().contains(column.exprId())) {
        cases = mentioning(cases, Monomial.raw(column));
      } else if (written.nullable()) {
        cases = when(Condition.of(new IsNotNull(written)), cases, 1);
      }
    }
    return cases;
  }

  /** Counted where the column has a value, which its owner says is no secret. */
  private static List<Case> mentioning(List<Case> cases, Monomial column) {
    Polynomial there = new Polynomial(Map.of(), Set.of(column));
    return cases.stream()
        .map(one -> one.isThere() ? one.withValue(one.value().map(there::plus)) : one)
        .toList();
  }

  private Term people(AggregateExpression function, AggregateFamily family) {
    List<Expression> arguments = Scala.children(function.aggregateFunction());
    if (function.aggregateFunction().getClass() != Count.class || arguments.size() != 1) {
      throw distinct(function);
    }
    Expression counted = part.written(arguments.get(0));
    if (!counted.foldable() && !holdsPerson(counted)) {
      return values(function, counted);
    }
    List<Case> cases = person(counted, function);
    return new Term(function, family, within(function, cases), true);
  }

  private boolean holdsPerson(Expression written) {
    return isPerson(written) || Scala.children(written).stream().anyMatch(this::holdsPerson);
  }

  /** Different values of something else: its values tell cells apart, so that enough share each. */
  private Term values(AggregateExpression function, Expression counted) {
    origins.requireNone(
        counted,
        RefusalCode.AGG_NOT_ALLOWED,
        "count(DISTINCT ...)",
        "count(DISTINCT ...) of another column");
    if (!CanonicalKeys.isCanonical(counted.dataType())) {
      throw distinct(function);
    }
    List<Case> cases = List.of(new Case(Map.of(), List.of(ONE)));
    if (counted.nullable()) {
      cases = when(Condition.of(new IsNotNull(counted)), cases, 1);
    }
    return new Term(
        function, AggregateFamily.COUNT, within(function, cases), false, Optional.of(counted));
  }

  private List<Case> person(Expression value, AggregateExpression function) {
    List<Case> everybody = List.of(new Case(Map.of(), List.of(ONE)));
    if (isPerson(value)) {
      return everybody;
    }
    if (isNull(value)) {
      return List.of(new Case(Map.of(), List.of(Optional.empty())));
    }
    if (value instanceof If choice) {
      return choice(
          Condition.of(choice.predicate()),
          person(choice.trueValue(), function),
          person(choice.falseValue(), function));
    }
    if (value instanceof org.apache.spark.sql.catalyst.expressions.CaseWhen choice) {
      List<Case> cases =
          Scala.optional(choice.elseValue())
              .map(otherwise -> person(otherwise, function))
              .orElseGet(() -> List.of(new Case(Map.of(), List.of(Optional.empty()))));
      List<scala.Tuple2<Expression, Expression>> branches = Scala.list(choice.branches());
      for (int i = branches.size() - 1; i >= 0; i--) {
        cases =
            choice(
                Condition.of(branches.get(i)._1()), person(branches.get(i)._2(), function), cases);
      }
      return cases;
    }
    throw distinct(function);
  }

  private static List<Case> choice(Condition condition, List<Case> then, List<Case> otherwise) {
    List<Case> cases = new ArrayList<>();
    then.forEach(one -> one.where(condition, true).ifPresent(cases::add));
    otherwise.forEach(one -> one.where(condition, false).ifPresent(cases::add));
    return cases;
  }

  private boolean isPerson(Expression written) {
    return written instanceof AttributeReference column && part.units().contains(column.exprId());
  }

  private static boolean isNull(Expression value) {
    return value.foldable() && value.eval(null) == null;
  }

  private static Unreadable distinct(AggregateExpression function) {
    return new Unreadable(
        RefusalCode.AGG_NOT_ALLOWED,
        name(function) + "(DISTINCT ...) of a column that is not the privacy unit",
        "count(DISTINCT ...) of the privacy-unit column, or the aggregate without DISTINCT");
  }

  /** Where a FILTER does not hold, nothing counts. */
  private List<Case> within(AggregateExpression function, List<Case> cases) {
    if (function.filter().isEmpty()) {
      return cases;
    }
    int arguments = cases.get(0).values().size();
    return when(Condition.of(part.written(function.filter().get())), cases, arguments);
  }

  private static List<Case> when(Condition condition, List<Case> cases, int arguments) {
    List<Case> nothing =
        List.of(new Case(Map.of(), Collections.nCopies(arguments, Optional.<Polynomial>empty())));
    return choice(condition, cases, nothing);
  }

  private void requireAdmitted(Case one, String name) {
    one.region()
        .keySet()
        .forEach(
            condition ->
                origins.requireNoneInCondition(
                    condition.expression(), "a condition inside " + name));
    one.values().stream()
        .flatMap(Optional::stream)
        .forEach(
            number -> {
              if (number.degree() > MOST_FACTORS) {
                throw new Unreadable(
                    RefusalCode.AGG_NOT_ALLOWED,
                    name + " of a product of more than " + MOST_FACTORS + " columns",
                    "a product of fewer columns");
              }
            });
  }

  private static void requireLinear(Case one, String name) {
    one.values().stream()
        .flatMap(Optional::stream)
        .forEach(
            number -> {
              if (number.degree() > 1) {
                throw new Unreadable(
                    RefusalCode.AGG_NOT_ALLOWED,
                    name + " of a product of columns",
                    name + " of one column, or of a * column + b");
              }
            });
  }
}
