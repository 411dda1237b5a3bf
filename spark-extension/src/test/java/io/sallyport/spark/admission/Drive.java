package io.sallyport.spark.admission;

import io.sallyport.spark.RefusedException;
import io.sallyport.spark.rows.LinearLike;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedUnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateUnsafeProjection;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions;
import org.apache.spark.sql.catalyst.optimizer.RewriteWithExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import scala.collection.immutable.Seq;

/**
 * Drives expressions over the ends of their operands' types, in the form in which they are let run,
 * and beside it as they were written.
 */
final class Drive {

  private final SparkSession session;
  private final Set<Class<?>> driven = new HashSet<>();
  private final Set<String> failed = new TreeSet<>();
  private final Set<String> failedAsWritten = new TreeSet<>();
  private final Set<String> changed = new TreeSet<>();
  private long values;

  Drive(SparkSession session) {
    this.session = session;
  }

  /** The classes of all expressions that ran. */
  Set<Class<?>> driven() {
    return driven;
  }

  /** What raised an error in the form in which it is let run. */
  Set<String> failed() {
    return failed;
  }

  /** What raises an error when nothing is put around it. */
  Set<String> failedAsWritten() {
    return failedAsWritten;
  }

  /** What has another value than as it was written, for a row on which that has one. */
  Set<String> changed() {
    return changed;
  }

  long values() {
    return values;
  }

  /** One value of each combination of two columns' ends, interpreted, and some compiled. */
  void values(List<String> templates, Ends.Column a, Ends.Column b, IntPredicate compiled) {
    List<Attribute> columns = List.of(a.first(), b.second());
    LogicalPlan ends = relation(columns, List.of());
    List<Optional<Expression>> analysed = analysed(templates, a, b, ends);
    for (int i = 0; i < templates.size(); i++) {
      String what = what(templates.get(i), a, b);
      Optional<LogicalPlan> written =
          analysed.get(i).flatMap(column -> admitted(new Project(only(column), ends)));
      if (written.isPresent()) {
        List<InternalRow> rows = templates.get(i).contains("$b") ? pairs(a, b) : singles(a);
        value(what, written.get(), rows, compiled.test(i));
      }
    }
  }

  private void value(String what, LogicalPlan written, List<InternalRow> rows, boolean compiled) {
    LogicalPlan total = TotalPlan.of(written);
    record(written);
    record(total);
    List<List<Expression>> plain = steps(evaluable(written));
    List<List<Expression>> safe = steps(evaluable(LinearLike.in(total)));
    rows.forEach(row -> compare(what, plain, safe, row));
    if (compiled && safe.size() == 1) {
      compile(what, safe.get(0), rows);
    }
  }

  /** One query of all that templates make of some types, over all combinations of their ends. */
  void query(List<String> templates, String rest, List<Ends.Column> types) {
    LogicalPlan ends = ends(types);
    List<String> columns = new ArrayList<>();
    for (String template : templates) {
      for (Ends.Column type : types) {
        String column = sql(template, type, type);
        if (admitted(column, sql(rest, type, type), ends).isPresent()) {
          columns.add(column);
        }
      }
    }
    String where = sql(rest, types.get(0), types.get(0));
    if (!columns.isEmpty()) {
      together(columns, where, ends);
    }
  }

  /** In one query, or in as many as it takes for none to be too large. */
  private void together(List<String> columns, String where, LogicalPlan ends) {
    String all = String.join(", ", columns);
    int half = columns.size() / 2;
    if (half > 0 && admitted(all, where, ends).isEmpty()) {
      together(columns.subList(0, half), where, ends);
      together(columns.subList(half, columns.size()), where, ends);
    } else if (!runs(all, where, ends)) {
      columns.stream().filter(each -> !runs(each, where, ends)).forEach(failed::add);
    }
  }

  private boolean runs(String select, String rest, LogicalPlan ends) {
    LogicalPlan total = TotalPlan.of(admitted(select, rest, ends).orElseThrow());
    record(total);
    try {
      QueryExecution query = Dataset.ofRows(session, total).queryExecution();
      values += query.executedPlan().executeCollect().length;
      return true;
    } catch (Exception e) { // some of Spark's are checked, and Scala does not declare them
      return false;
    }
  }

  private Optional<LogicalPlan> admitted(String select, String rest, LogicalPlan ends) {
    String text = "SELECT " + select + " FROM ends " + rest;
    try {
      LogicalPlan plan = AdmitPlan.asWritten(Analysis.analyse(session, parsed(text, ends)));
      record(plan);
      return Optional.of(plan);
    } catch (RefusedException e) { // it does not resolve, or is not admitted: it does not exist
      return Optional.empty();
    }
  }

  /** All types side by side: each with all combinations of its ends. */
  private static LogicalPlan ends(List<Ends.Column> types) {
    int most = types.stream().mapToInt(type -> type.values().size()).max().orElseThrow();
    List<Attribute> columns = new ArrayList<>();
    types.forEach(type -> columns.addAll(List.of(type.first(), type.second())));
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < most * most; i++) {
      List<Object> row = new ArrayList<>();
      for (Ends.Column type : types) {
        int size = type.values().size();
        row.add(type.values().get(i % size));
        row.add(type.values().get(i / size % size));
      }
      rows.add(row(row.toArray()));
    }
    return relation(columns, rows);
  }

  /** The expressions after one analysis; what Spark does not even look at is analysed in halves. */
  private List<Optional<Expression>> analysed(
      List<String> templates, Ends.Column a, Ends.Column b, LogicalPlan ends) {
    String select =
        templates.stream().map(t -> sql(t, a, b) + " AS r").collect(Collectors.joining(", "));
    LogicalPlan parsed = parsed("SELECT " + select + " FROM ends", ends);
    try {
      LogicalPlan analysed = session.sessionState().analyzer().execute(parsed);
      return Scala.<Expression>list(analysed.expressions()).stream().map(Optional::of).toList();
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      int half = templates.size() / 2;
      if (half == 0) {
        return List.of(Optional.empty());
      }
      List<Optional<Expression>> all =
          new ArrayList<>(analysed(templates.subList(0, half), a, b, ends));
      all.addAll(analysed(templates.subList(half, templates.size()), a, b, ends));
      return all;
    }
  }

  private static Seq<NamedExpression> only(Expression column) {
    return Scala.seq(List.of((NamedExpression) column));
  }

  private static Optional<LogicalPlan> admitted(LogicalPlan plan) {
    if (!plan.resolved()) {
      return Optional.empty();
    }
    try {
      return Optional.of(AdmitPlan.asWritten(Analysis.withPlainNulls(plan)));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private LogicalPlan parsed(String text, LogicalPlan ends) {
    try {
      return Scala.rewriteUp(
          session.sessionState().sqlParser().parsePlan(text),
          node -> node instanceof UnresolvedRelation ? ends : node);
    } catch (Exception e) { // the parser's is checked, and Scala does not declare it
      throw new AssertionError(text, e);
    }
  }

  private static LogicalPlan relation(List<Attribute> columns, List<InternalRow> rows) {
    return new LocalRelation(Scala.seq(columns), Scala.seq(rows), false, Scala.none());
  }

  private static String sql(String template, Ends.Column a, Ends.Column b) {
    return template.replace("$a", a.first().name()).replace("$b", b.second().name());
  }

  private static String what(String template, Ends.Column a, Ends.Column b) {
    return template.replace("$a", a.type()).replace("$b", b.type());
  }

  private void record(LogicalPlan plan) {
    Scala.<Expression>list(plan.expressions()).forEach(this::record);
    Scala.children(plan).forEach(this::record);
  }

  private void record(Expression expression) {
    driven.add(expression.getClass());
    Scala.children(expression).forEach(this::record);
  }

  private static LogicalPlan evaluable(LogicalPlan analysed) {
    return RewriteWithExpression.apply(ReplaceExpressions.apply(analysed));
  }

  private void compare(
      String what, List<List<Expression>> plain, List<List<Expression>> safe, InternalRow row) {
    Optional<Object[]> written = evaluated(plain, row, what, failedAsWritten);
    Optional<Object[]> total = evaluated(safe, row, what, failed);
    values++;
    if (written.isPresent() && total.isPresent() && !same(written.get()[0], total.get()[0])) {
      changed.add(what);
    }
  }

  private static boolean same(Object a, Object b) {
    boolean bytes = a instanceof byte[] && b instanceof byte[];
    return bytes ? Arrays.equals((byte[]) a, (byte[]) b) : Objects.equals(a, b);
  }

  private static Optional<Object[]> evaluated(
      List<List<Expression>> steps, InternalRow row, String what, Set<String> failures) {
    try {
      InternalRow result = row;
      for (List<Expression> step : steps) {
        InternalRow input = result;
        result = new GenericInternalRow(step.stream().map(e -> e.eval(input)).toArray());
      }
      return Optional.of(((GenericInternalRow) result).values());
    } catch (Exception | StackOverflowError e) { // some of Spark's are checked; Java's patterns
      failures.add(what);
      return Optional.empty();
    }
  }

  /** The columns of projects on each other, the lowest first, bound to their input. */
  private static List<List<Expression>> steps(LogicalPlan plan) {
    if (plan instanceof LocalRelation) {
      return List.of();
    }
    LogicalPlan below = ((Project) plan).child();
    List<Attribute> input = Scala.list(below.output());
    List<List<Expression>> steps = new ArrayList<>(steps(below));
    steps.add(
        Scala.<Expression>list(plan.expressions()).stream()
            .map(e -> Scala.rewriteUp(e, part -> bound(part, input)))
            .toList());
    return steps;
  }

  private static Expression bound(Expression expression, List<Attribute> input) {
    for (int i = 0; expression instanceof AttributeReference column && i < input.size(); i++) {
      if (input.get(i).exprId().equals(column.exprId())) {
        return new BoundReference(i, column.dataType(), column.nullable());
      }
    }
    return expression;
  }

  private void compile(String what, List<Expression> columns, List<InternalRow> rows) {
    UnsafeProjection interpreted = InterpretedUnsafeProjection.createProjection(Scala.seq(columns));
    UnsafeProjection compiled = GenerateUnsafeProjection.generate(Scala.seq(columns), true);
    for (InternalRow row : rows) {
      try {
        if (!compiled.apply(row).equals(interpreted.apply(row))) {
          changed.add("compiled " + what);
        }
      } catch (Exception e) {
        failed.add("compiled " + what);
      }
    }
  }

  private static List<InternalRow> singles(Ends.Column a) {
    return a.values().stream().<InternalRow>map(x -> row(x, null)).toList();
  }

  private static List<InternalRow> pairs(Ends.Column a, Ends.Column b) {
    List<InternalRow> rows = new ArrayList<>();
    a.values().forEach(x -> b.values().forEach(y -> rows.add(row(x, y))));
    return rows;
  }

  private static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }
}
