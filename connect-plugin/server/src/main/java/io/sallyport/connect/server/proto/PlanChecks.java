package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.COMMAND_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.FUNCTION_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.admission.FunctionTable;
import io.sallyport.spark.summary.SummaryStatistic;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.Join.JoinType;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SubqueryExpression.SubqueryType;
import org.sparkproject.connect.protobuf.ByteString;

/** Checks that need to know where the walk is, or what it has used up. */
final class PlanChecks {

  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]{1,38}(\\.[0-9]{1,38})?([eE][+-]?[0-9]{1,2})?");
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_+*/%<>=!&|^~-]{1,64}");

  private PlanChecks() {}

  static FieldCheck onlyAtTheRoot() {
    return (field, value, inspection) -> {
      if (inspection.relationDepth() != 1 || !inspection.isExecution()) {
        throw Refusals.refuse(
            RELATION_NOT_ALLOWED, Refusals.label(field) + " is admitted only as a query's end");
      }
    };
  }

  static FieldCheck onlyInAnExecution() {
    return (field, value, inspection) -> {
      if (!inspection.isExecution()) {
        throw Refusals.refuse(COMMAND_NOT_ALLOWED, "A command is not analysed");
      }
    };
  }

  static FieldCheck noGlobalView() {
    return (field, value, inspection) -> {
      if (value.equals(true)) {
        throw RefusedException.of(
            COMMAND_NOT_ALLOWED,
            "a global view would be seen in other sessions",
            "df.createOrReplaceTempView(name)");
      }
    };
  }

  /** A show is the end of a query; as a view's plan it would run a job early. */
  static FieldCheck noShow() {
    return (field, value, inspection) -> {
      if (((Relation) value).hasShowString()) {
        throw Refusals.refuse(RELATION_NOT_ALLOWED, "A view of what df.show() prints");
      }
    };
  }

  static FieldCheck onlySql() {
    return (field, value, inspection) -> {
      if (!((Relation) value).hasSql()) {
        throw Refusals.refuse(
            COMMAND_NOT_ALLOWED, Refusals.label(field) + " is not a SQL relation");
      }
    };
  }

  static FieldCheck functionName() {
    return (field, value, inspection) -> {
      String name = (String) value;
      Optional<RefusalCode> refusal =
          FUNCTION.matcher(name).matches()
              ? inspection.functionRefusal(name.toLowerCase(Locale.ROOT))
              : Optional.of(FUNCTION_NOT_ALLOWED);
      if (refusal.isPresent()) {
        throw RefusedException.of(
            refusal.get(),
            "The function " + Refusals.quote(name) + " is not available",
            FunctionTable.remedy(name));
      }
    };
  }

  static FieldCheck expressionText() {
    return (field, value, inspection) -> inspection.useExpressionText((String) value);
  }

  /** Counted here, and judged with its parameters' values in it: see {@link SqlParameters}. */
  static FieldCheck sqlText() {
    return (field, value, inspection) -> inspection.useSql((String) value);
  }

  static FieldCheck literalText() {
    return (field, value, inspection) ->
        inspection.useLiteral(((String) value).getBytes(StandardCharsets.UTF_8).length);
  }

  static FieldCheck localData() {
    return (field, value, inspection) -> inspection.useLocalData(((ByteString) value).size());
  }

  static FieldCheck localSchema() {
    return (field, value, inspection) -> inspection.useLocalData(((String) value).length());
  }

  static FieldCheck simpleTypeText() {
    return Checks.text(text -> SimpleType.of(text).isPresent(), SimpleType.DEMAND);
  }

  static FieldCheck decimalText() {
    return Checks.text(text -> DECIMAL.matcher(text).matches(), "a decimal of at most 38 digits");
  }

  static FieldCheck statistic() {
    return Checks.text(name -> SummaryStatistic.of(name).isPresent(), SummaryStatistic.DEMAND);
  }

  /** Which of them may stand where, the plan's admission says, as for SQL text. */
  static FieldCheck subqueryType() {
    return Checks.only(
        SubqueryType.SUBQUERY_TYPE_SCALAR,
        SubqueryType.SUBQUERY_TYPE_EXISTS,
        SubqueryType.SUBQUERY_TYPE_IN);
  }

  static FieldCheck day() {
    return Checks.between(Calendar.FIRST_DAY, Calendar.LAST_DAY);
  }

  static FieldCheck microsecond() {
    return Checks.between(Calendar.FIRST_MICROSECOND, Calendar.LAST_MICROSECOND);
  }

  static FieldCheck shownRows() {
    return (field, value, inspection) ->
        Checks.between(0, inspection.bounds().resultRows()).check(field, value, inspection);
  }

  static FieldCheck joinType() {
    return Checks.only(
        JoinType.JOIN_TYPE_INNER,
        JoinType.JOIN_TYPE_LEFT_OUTER,
        JoinType.JOIN_TYPE_RIGHT_OUTER,
        JoinType.JOIN_TYPE_FULL_OUTER,
        JoinType.JOIN_TYPE_LEFT_SEMI,
        JoinType.JOIN_TYPE_LEFT_ANTI,
        JoinType.JOIN_TYPE_CROSS);
  }
}
