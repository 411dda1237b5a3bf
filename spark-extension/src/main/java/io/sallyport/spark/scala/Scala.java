package io.sallyport.spark.scala;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function0;
import scala.Function1;
import scala.Option;
import scala.PartialFunction;
import scala.collection.Iterable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** The only place where Scala collections are touched: Java values in, Catalyst's values out. */
public final class Scala {

  private Scala() {}

  /** An immutable Java copy of a Scala collection. */
  public static <T> List<T> list(Iterable<? extends T> elements) {
    return List.copyOf(CollectionConverters.asJava(elements.toList()));
  }

  /** A Scala sequence; covariance, which Java does not see, makes the cast sound. */
  @SuppressWarnings("unchecked")
  public static <T> Seq<T> seq(List<? extends T> elements) {
    return (Seq<T>) CollectionConverters.asScala(elements).toList();
  }

  /** A Scala iterator over what a Java one gives. */
  public static <T> scala.collection.Iterator<T> iterator(Iterator<T> elements) {
    return CollectionConverters.asScala(elements);
  }

  /** A Java iterator over what a Scala one gives. */
  public static <T> Iterator<T> iterator(scala.collection.Iterator<T> elements) {
    return CollectionConverters.asJava(elements);
  }

  public static <T> Seq<T> noElements() {
    return seq(List.of());
  }

  public static <T> Option<T> some(T value) {
    return Option.apply(value);
  }

  public static <T> Option<T> none() {
    return Option.empty();
  }

  public static <T> Optional<T> optional(Option<T> option) {
    return OptionConverters.toJava(option);
  }

  public static <T> Function0<T> function(Supplier<T> supplier) {
    return new AbstractFunction0<>() {
      @Override
      public T apply() {
        return supplier.get();
      }
    };
  }

  public static <T> Function1<T, BoxedUnit> consumer(Consumer<T> consumer) {
    return new AbstractFunction1<>() {
      @Override
      public BoxedUnit apply(T value) {
        consumer.accept(value);
        return BoxedUnit.UNIT;
      }
    };
  }

  /** Children of a plan; subqueries inside its expressions are not among them. */
  public static List<LogicalPlan> children(LogicalPlan plan) {
    return list(plan.children());
  }

  public static List<Expression> children(Expression expression) {
    return list(expression.children());
  }

  /** The plan with every node replaced, leaves first; the same instance means no change. */
  public static LogicalPlan rewriteUp(LogicalPlan plan, UnaryOperator<LogicalPlan> rewrite) {
    return plan.transformUp(PartialFunction.fromFunction(rewrite::apply));
  }

  /** The same, in the plans of subqueries too, and in expressions of parsed plans. */
  public static LogicalPlan rewriteUpWithSubqueries(
      LogicalPlan plan, UnaryOperator<LogicalPlan> rewrite) {
    return plan.transformUpWithSubqueries(PartialFunction.fromFunction(rewrite::apply));
  }

  /** The expression with every part replaced, leaves first. */
  public static Expression rewriteUp(Expression expression, UnaryOperator<Expression> rewrite) {
    return expression.transformUp(PartialFunction.fromFunction(rewrite::apply));
  }

  /** The plan node with every part of its own expressions replaced. */
  public static LogicalPlan rewriteExpressions(
      LogicalPlan plan, UnaryOperator<Expression> rewrite) {
    return plan.transformExpressionsUp(PartialFunction.fromFunction(rewrite::apply));
  }

  public static Expression withChildren(Expression expression, List<Expression> children) {
    return expression.withNewChildren(Scala.<Expression>seq(children));
  }

  public static LogicalPlan withChildren(LogicalPlan plan, List<LogicalPlan> children) {
    return plan.withNewChildren(Scala.<LogicalPlan>seq(children));
  }
}
