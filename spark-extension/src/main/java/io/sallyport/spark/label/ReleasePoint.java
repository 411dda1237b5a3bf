package io.sallyport.spark.label;

import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.question.Source;
import io.sallyport.policy.rule.AggregateFamily;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;

/**
 * An aggregate where people get mixed: the place where a release is decided.
 *
 * @param aggregate the node, by identity
 * @param output its own label, with the lineage of what it shows
 * @param rows what its input's rows are
 * @param objections why, if so, it is not an aggregation over enough people
 */
public record ReleasePoint(
    Aggregate aggregate, NodeLabel output, RowLabel rows, Objections objections) {

  public ReleasePoint {
    Objects.requireNonNull(aggregate, "aggregate");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(objections, "objections");
  }

  /** The frames that have a say, each with what stands against it. */
  public List<Source> sources() {
    return rows.governed().stream()
        .sorted()
        .map((FrameName frame) -> new Source(frame, objections.against(frame), functions()))
        .toList();
  }

  private Set<AggregateFamily> functions() {
    return AggregateTerm.of(aggregate).stream()
        .flatMap(term -> term.family().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
