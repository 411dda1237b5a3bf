package io.sallyport.spark.crosstab;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.label.PlanLabels;
import io.sallyport.spark.scala.Catalyst;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The plan of {@code df.crosstab}: rows counted by two columns, one aggregate that is a release
 * point like any other, and above it Spark's table of it: values as texts, NULL as {@code null},
 * rows and columns by text.
 *
 * <p>Spark looks the columns up in the rows. Here they are those that are known before, so a value
 * that nobody has may have a column too; or, at the end of a query, those of the released counts.
 * Of free rows a place without rows has 0. Of governed rows it has NULL: nobody is there, or too
 * few to be shown.
 */
public final class Crosstab {

  private static final int MOST = 1_000;

  private static final NumericEvalContext PLAIN = new NumericEvalContext(EvalMode.LEGACY(), true);

  static final UTF8String NULL = UTF8String.fromString("null");
  private static final UTF8String QUOTE = UTF8String.fromString("`");

  private Crosstab() {}

  /**
   * The plan that answers.
   *
   * @param selected the two columns, analysed and admitted
   * @throws RefusedException AGG_NOT_ALLOWED when it is not known which values there are;
   *     LIMIT_EXCEEDED when there are too many
   */
  public static LogicalPlan of(LogicalPlan selected, CrosstabQuestion question) {
    return known(selected, question).orElseThrow(() -> unknown(question)).plan();
  }

  /**
   * The same as the end of a query, where the values need not be known: the table can be made of
   * the counts once they are released.
   *
   * @throws RefusedException LIMIT_EXCEEDED when there are too many values
   */
  public static CrosstabPlan atTheEnd(LogicalPlan selected, CrosstabQuestion question) {
    return known(selected, question)
        .orElseGet(
            () ->
                new CrosstabPlan(
                    Counts.of(selected).plan(),
                    Optional.of(new ReleasedCells(question, isFree(selected)))));
  }

  private static Optional<CrosstabPlan> known(LogicalPlan selected, CrosstabQuestion question) {
    Attribute columns = Scala.<Attribute>list(selected.output()).get(1);
    return KnownValues.of(columns, selected)
        .map(known -> new CrosstabPlan(table(selected, question, known), Optional.empty()));
  }

  private static LogicalPlan table(
      LogicalPlan selected, CrosstabQuestion question, KnownValues known) {
    Map<UTF8String, Set<UTF8String>> names = names(known);
    Counts counts = Counts.of(selected);
    boolean free = isFree(selected);
    Expression title = text(counts.rows());
    List<NamedExpression> table = new ArrayList<>();
    table.add(Catalyst.alias(title, question.title()));
    names.forEach(
        (name, texts) -> {
          Expression there = in(text(counts.columns()), texts);
          Expression total = total(Catalyst.where(there, counts.number()));
          table.add(Catalyst.alias(free ? orNone(total) : total, name.toString()));
        });
    return Catalyst.aggregate(List.of(title), table, counts.plan());
  }

  /** Rows counted by both columns. */
  private record Counts(LogicalPlan plan, Attribute rows, Attribute columns, Attribute number) {

    static Counts of(LogicalPlan selected) {
      List<Attribute> both = Scala.list(selected.output());
      List<NamedExpression> keys = both.stream().map(Crosstab::key).toList();
      LogicalPlan rows = keys.equals(both) ? selected : new Project(Scala.seq(keys), selected);
      List<Attribute> grouped = keys.stream().map(NamedExpression::toAttribute).toList();
      Alias count = Catalyst.alias(Catalyst.countRows(), "count");
      List<NamedExpression> columns = new ArrayList<>(grouped);
      columns.add(count);
      return new Counts(
          Catalyst.aggregate(List.copyOf(grouped), columns, rows),
          grouped.get(0),
          grouped.get(1),
          count.toAttribute());
    }
  }

  private static boolean isFree(LogicalPlan selected) {
    return PlanLabels.of(selected).root().rows().isFree();
  }

  /** What each column is called, in order, and of which texts it is. */
  private static Map<UTF8String, Set<UTF8String>> names(KnownValues known) {
    Set<UTF8String> texts = new HashSet<>(known.texts());
    if (known.orNull()) {
      texts.add(NULL);
    }
    Map<UTF8String, Set<UTF8String>> names = new TreeMap<>();
    for (UTF8String text : texts) {
      names.computeIfAbsent(name(text), unused -> new HashSet<>()).add(text);
    }
    requireFew(names.size());
    return names;
  }

  /** What a column of a value is called: Spark leaves out the quotes of names. */
  static UTF8String name(UTF8String text) {
    return text.replace(QUOTE, UTF8String.EMPTY_UTF8);
  }

  static void requireFew(int columns) {
    if (columns > MOST) {
      throw RefusedException.of(
          RefusalCode.LIMIT_EXCEEDED,
          "df.crosstab would have more than " + MOST + " columns",
          "groupBy with both columns as keys, or fewer values");
    }
  }

  private static RefusedException unknown(CrosstabQuestion question) {
    return RefusedException.of(
        RefusalCode.AGG_NOT_ALLOWED,
        "df.crosstab makes columns of the values of "
            + question.columns()
            + ", and which there are is not known before rows are looked at; what follows needs to"
            + " know",
        ("df.crosstab as the end of a query, with show or collect; groupBy(%1$s, %2$s).count();"
                + " groupBy(%1$s).pivot(%2$s, [values]).count(); or an owner who declares"
                + " column.%2$s.values")
            .formatted(question.rows(), question.columns()));
  }

  /** The column itself where equal values have equal texts, and the other way round. */
  private static NamedExpression key(Attribute column) {
    return isPlain(column.dataType()) ? column : Catalyst.alias(text(column), column.name());
  }

  private static boolean isPlain(DataType type) {
    return type instanceof IntegralType
        || type instanceof BooleanType
        || type instanceof DateType
        || type instanceof DecimalType
        || (type instanceof StringType text && text.supportsBinaryEquality());
  }

  private static Expression text(Attribute column) {
    return new Coalesce(
        Scala.seq(
            List.of(
                Catalyst.cast(column, DataTypes.StringType),
                new Literal(NULL, DataTypes.StringType))));
  }

  private static Expression in(Expression text, Set<UTF8String> texts) {
    List<Expression> literals = new ArrayList<>();
    texts.forEach(each -> literals.add(new Literal(each, DataTypes.StringType)));
    return new In(text, Scala.seq(literals));
  }

  private static Expression total(Expression counts) {
    return Catalyst.aggregate(new Sum(counts, PLAIN), false);
  }

  private static Expression orNone(Expression total) {
    return new Coalesce(Scala.seq(List.of(total, new Literal(0L, DataTypes.LongType))));
  }
}
