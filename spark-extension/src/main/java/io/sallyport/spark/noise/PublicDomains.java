package io.sallyport.spark.noise;

import io.sallyport.policy.frame.ColumnDomain;
import io.sallyport.policy.frame.Frame;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Explode;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FrameLessOffsetWindowFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Median;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * What owners declare in public about a plan's columns: from the leaves' column domains up to the
 * output.
 *
 * @param spans of numeric columns
 * @param values the declared values of columns that pass on a frame's column as it is
 */
record PublicDomains(Map<ExprId, Span> spans, Map<ExprId, List<String>> values) {

  static PublicDomains of(LogicalPlan plan) {
    PublicDomains domains = new PublicDomains(new HashMap<>(), new HashMap<>());
    domains.fold(plan);
    return domains;
  }

  /** The clamp of an expression over the output; empty when it has to be stated. */
  Span span(Expression expression) {
    return new ExpressionSpans(spans).of(expression);
  }

  private void fold(LogicalPlan plan) {
    Scala.children(plan).forEach(this::fold);
    if (plan instanceof SealedFrame leaf) {
      leaf.table().frame().ifPresent(frame -> declared(leaf, frame));
    } else if (plan instanceof Project project) {
      Scala.<NamedExpression>list(project.projectList()).forEach(this::computed);
    } else if (plan instanceof Aggregate aggregate) {
      Scala.<NamedExpression>list(aggregate.aggregateExpressions()).forEach(this::computed);
    } else if (plan instanceof Window window) {
      Scala.<NamedExpression>list(window.windowExpressions()).forEach(this::overPerson);
    } else if (plan instanceof Union union) {
      union(union);
    } else if (plan instanceof Expand expand) {
      repeated(expand);
    } else if (plan instanceof Generate generate) {
      elements(generate);
    }
  }

  /** A value of several rows that are made of one is any of theirs. */
  private void repeated(Expand expand) {
    List<Attribute> output = Scala.list(expand.output());
    for (int i = 0; i < output.size(); i++) {
      int ordinal = i;
      Stream<Span> each =
          Scala.list(expand.projections()).stream()
              .map(projection -> Scala.<Expression>list(projection).get(ordinal))
              .filter(value -> !(value instanceof Literal literal && literal.value() == null))
              .map(this::span);
      spans.put(output.get(i).exprId(), Span.either(each));
      if (!expand.child().outputSet().contains(output.get(i))) {
        values.remove(output.get(i).exprId());
      }
    }
  }

  private void elements(Generate generate) {
    if (generate.generator() instanceof Explode explode
        && explode.child() instanceof CreateArray list) {
      Attribute element = Scala.<Attribute>list(generate.generatorOutput()).get(0);
      spans.put(element.exprId(), Span.either(Scala.children(list).stream().map(this::span)));
    }
  }

  private void declared(SealedFrame leaf, Frame frame) {
    for (Attribute column : leaf.attributes()) {
      ColumnDomain domain = frame.facts().columns().get(column.name().toLowerCase(Locale.ROOT));
      if (domain != null && domain.lower().isPresent() && domain.upper().isPresent()) {
        spans.put(
            column.exprId(), new Span(domain.lower().getAsDouble(), domain.upper().getAsDouble()));
      }
      if (domain != null && !domain.values().isEmpty()) {
        values.put(column.exprId(), domain.values());
      }
    }
  }

  private void computed(NamedExpression column) {
    Expression value = column instanceof Alias alias ? alias.child() : (Expression) column;
    Span span =
        value instanceof AggregateExpression one ? perPerson(one.aggregateFunction()) : span(value);
    spans.put(column.exprId(), span);
    if (value instanceof Attribute passed && values.containsKey(passed.exprId())) {
      values.put(column.exprId(), values.get(passed.exprId()));
    }
  }

  private void overPerson(NamedExpression column) {
    if (column instanceof Alias alias && alias.child() instanceof WindowExpression over) {
      Expression function = over.windowFunction();
      Span span = Span.UNKNOWN;
      if (function instanceof AggregateExpression one) {
        span = perPerson(one.aggregateFunction());
      } else if (function instanceof FrameLessOffsetWindowFunction other) {
        Expression otherwise = Scala.children(function).get(2);
        boolean missing = otherwise instanceof Literal literal && literal.value() == null;
        span =
            missing
                ? span(other.input())
                : Span.either(Stream.of(span(other.input()), span(otherwise)));
      }
      spans.put(column.exprId(), span);
    }
  }

  /** One person's value among the person's own. */
  private Span perPerson(AggregateFunction function) {
    boolean among =
        Stream.of(Min.class, Max.class, Average.class, First.class, Last.class, Median.class)
            .anyMatch(kind -> kind.isInstance(function));
    return among ? span(Scala.children(function).get(0)) : Span.UNKNOWN;
  }

  private void union(Union union) {
    List<List<Attribute>> branches =
        Scala.children(union).stream().map(b -> Scala.<Attribute>list(b.output())).toList();
    List<Attribute> output = Scala.list(union.output());
    for (int i = 0; i < output.size(); i++) {
      int ordinal = i;
      Stream<Span> each =
          branches.stream()
              .map(b -> Optional.ofNullable(spans.get(b.get(ordinal).exprId())))
              .map(span -> span.orElse(Span.UNKNOWN));
      spans.put(output.get(i).exprId(), Span.either(each));
      List<String> first = values.get(branches.get(0).get(i).exprId());
      boolean same =
          branches.stream()
              .allMatch(b -> first != null && first.equals(values.get(b.get(ordinal).exprId())));
      if (same) {
        values.put(output.get(i).exprId(), first);
      } else {
        values.remove(output.get(i).exprId());
      }
    }
  }
}
