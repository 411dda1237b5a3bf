package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.execution.command.ResetCommand;
import org.apache.spark.sql.execution.command.SetCommand;
import scala.Tuple3;

/**
 * SQL text and expression strings, judged as the trees they parse to, before anything analyses
 * them. A list of names would be walked around: {@code IDENTIFIER('ref' || 'lect')(...)} and {@code
 * system.builtin.reflect(...)} name no forbidden function. Before a text is parsed, its size is
 * judged in whatever parsing it costs.
 */
public final class AdmitText {

  private static final Set<Class<?>> SETTINGS = Set.of(SetCommand.class, ResetCommand.class);

  /** What Spark's parser makes of a stack that overflowed. */
  private static final String TOO_COMPLEX = "FAILED_TO_PARSE_TOO_COMPLEX";

  private static final Pattern CALL = Pattern.compile("^\\s*CALL\\b", Pattern.CASE_INSENSITIVE);

  private static final Set<String> STATEMENTS = Set.of("CREATE", "DROP", "SET", "RESET");

  private static final Pattern EXPLAIN =
      Pattern.compile("^\\s*EXPLAIN\\s+PRIVACY\\s(.*)$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private AdmitText() {}

  /**
   * Admits an expression string such as {@code filter("age > 60")} carries.
   *
   * @throws RefusedException when it is not an expression, or not one of admitted parts
   */
  public static void expression(String text) {
    Expression parsed = parse(text, new BoundedParser()::parseExpression);
    BuiltSize.require(parsed);
    AdmitParsed.expression(parsed);
  }

  /**
   * Parses and admits a query.
   *
   * @return the unresolved plan, its names not yet looked up
   * @throws RefusedException when it is a command, does not parse, or has a part that is not
   *     admitted
   */
  public static LogicalPlan query(String text) {
    LogicalPlan parsed = parse(text, new BoundedParser()::parsePlan);
    BuiltSize.require(parsed);
    if (SETTINGS.contains(parsed.getClass())) {
      throw RefusedException.of(
          RefusalCode.CONF_NOT_ALLOWED, "SET and RESET are not available", "a query without them");
    }
    Optional<String> catalog = CatalogText.of(parsed);
    LogicalPlan plan =
        withoutHints(
            catalog.isPresent() ? parse(catalog.get(), new BoundedParser()::parsePlan) : parsed);
    AdmitParsed.plan(plan);
    BoundedAnalysis.require(plan);
    return plan;
  }

  /**
   * Parses the call of a procedure; empty when the text is something else, which {@link #query}
   * then judges.
   *
   * @throws RefusedException when it calls, but not one of our procedures with texts as arguments
   */
  public static Optional<ProcedureCall> call(String text) {
    return CALL.matcher(text).find()
        ? Optional.of(ProcedureCall.of(parse(text, new BoundedParser()::parsePlan)))
        : Optional.empty();
  }

  /**
   * Parses a statement about the session itself; empty when the text is something else, which
   * {@link #query} then judges.
   *
   * @throws RefusedException when it does not parse, or is about more than the session
   */
  public static Optional<Statement> statement(String text) {
    return STATEMENTS.contains(FirstWord.of(text))
        ? Statement.of(parse(text, new BoundedParser()::parsePlan))
        : Optional.empty();
  }

  /** The query that {@code EXPLAIN PRIVACY} asks about, not yet judged; empty for other texts. */
  public static Optional<String> explained(String text) {
    Matcher matcher = EXPLAIN.matcher(text);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** How a query runs is the server's affair; asking for it is no harm. */
  private static LogicalPlan withoutHints(LogicalPlan parsed) {
    return Scala.rewriteUpWithSubqueries(
        parsed,
        plan -> {
          if (plan instanceof UnresolvedHint hint) {
            return hint.child();
          }
          return plan instanceof UnresolvedWith with ? withoutHints(with) : plan;
        });
  }

  private static LogicalPlan withoutHints(UnresolvedWith with) {
    List<Tuple3<String, SubqueryAlias, scala.Option<Object>>> tables = new ArrayList<>();
    for (Tuple3<String, SubqueryAlias, scala.Option<Object>> table :
        Scala.list(with.cteRelations())) {
      SubqueryAlias body = (SubqueryAlias) withoutHints((LogicalPlan) table._2());
      tables.add(new Tuple3<>(table._1(), body, table._3()));
    }
    return new UnresolvedWith(with.child(), Scala.seq(tables), with.allowRecursion());
  }

  private static <T> T parse(String text, Function<String, T> parser) {
    SqlCharacters.require(text);
    if (text.contains("${")) {
      throw RefusedException.of(
          RefusalCode.PARAM_INVALID, "SQL text may not refer to variables by ${...}", "the value");
    }
    TextBounds.require(text);
    try {
      return parser.apply(text);
    } catch (RefusedException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw tooDeep();
    } catch (RuntimeException e) {
      throw notParsed(text, e);
    } catch (Exception e) { // ParseException is checked, and Scala does not declare it
      throw notParsed(text, e);
    }
  }

  private static RefusedException tooDeep() {
    return RefusedException.of(
        RefusalCode.LIMIT_EXCEEDED, "the SQL text is nested too deeply", "a shallower query");
  }

  private static RefusedException notParsed(String text, Exception e) {
    if (e instanceof ParseException parse && TOO_COMPLEX.equals(parse.getCondition())) {
      return tooDeep();
    }
    String place =
        e instanceof ParseException parse && parse.line().isDefined()
            ? " at line " + parse.line().get()
            : "";
    String firstWord = text.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    if (FirstWord.of(text).equals("CREATE")) {
      return RefusedException.of(
          RefusalCode.COMMAND_NOT_ALLOWED,
          "the SQL text does not parse as a temporary view of a query" + place,
          Statement.VIEW);
    }
    boolean query = Set.of("SELECT", "WITH", "FROM", "VALUES", "").contains(firstWord);
    return RefusedException.of(
        query ? RefusalCode.PARAM_INVALID : RefusalCode.COMMAND_NOT_ALLOWED,
        "the SQL text does not parse as a query" + place,
        "a SELECT query in Spark SQL's syntax");
  }
}
