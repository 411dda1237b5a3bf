package io.sallyport.spark.exact;

import io.sallyport.policy.rule.AggregateFamily;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/**
 * One aggregate function of a release point over one of its parts.
 *
 * @param function as it stands in the plan
 * @param family which functions it discloses like
 * @param cases what its arguments are where
 * @param people whether it counts distinct people
 * @param values whose different values it counts, which are keys of the cells; empty otherwise
 */
record Term(
    AggregateExpression function,
    AggregateFamily family,
    List<Case> cases,
    boolean people,
    Optional<Expression> values) {

  Term {
    cases = List.copyOf(cases);
  }

  Term(AggregateExpression function, AggregateFamily family, List<Case> cases, boolean people) {
    this(function, family, cases, people, Optional.empty());
  }

  /** Whether squares and products of its arguments are added up. */
  boolean isOfSecondOrder() {
    return switch (family) {
      case STDDEV, VARIANCE, COVAR, CORR, REGR -> true;
      default -> false;
    };
  }

  boolean counts() {
    return family == AggregateFamily.COUNT;
  }

  /** Whether what a case holds is seen in the result, so that nobody in it would be seen too. */
  boolean shows(Case one) {
    return one.isThere()
        && (counts() || one.values().stream().flatMap(Optional::stream).anyMatch(v -> !v.isZero()));
  }
}
