package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.analysis.UnresolvedProcedure;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Call;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StringType;

/**
 * {@code CALL sallyport.<procedure>('...', ...)}: for people to act on requests.
 *
 * @param name the procedure's name, in lower case, without {@code sallyport.}
 * @param arguments texts, as they were written
 */
public record ProcedureCall(String name, List<String> arguments) {

  private static final int LONGEST = 2_000;

  public ProcedureCall {
    arguments = List.copyOf(arguments);
  }

  static ProcedureCall of(LogicalPlan parsed) {
    if (parsed instanceof Call call && call.procedure() instanceof UnresolvedProcedure named) {
      List<String> parts = Scala.list(named.nameParts());
      if (parts.size() == 2 && parts.get(0).equalsIgnoreCase("sallyport")) {
        return new ProcedureCall(parts.get(1).toLowerCase(Locale.ROOT), texts(call));
      }
    }
    throw refused("only procedures of sallyport are called");
  }

  private static List<String> texts(Call call) {
    List<String> texts = new ArrayList<>();
    for (Expression argument : Scala.<Expression>list(call.args())) {
      if (!(argument instanceof Literal literal)
          || !(literal.dataType() instanceof StringType)
          || literal.value() == null
          || literal.value().toString().length() > LONGEST) {
        throw refused("a procedure takes texts of at most " + LONGEST + " characters");
      }
      texts.add(literal.value().toString());
    }
    return texts;
  }

  private static RefusedException refused(String subject) {
    return RefusedException.of(
        RefusalCode.COMMAND_NOT_ALLOWED, subject, "for example CALL sallyport.withdraw('r-...')");
  }
}
