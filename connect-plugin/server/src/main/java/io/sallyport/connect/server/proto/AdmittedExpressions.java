package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Checks.between;
import static io.sallyport.connect.server.proto.Checks.columnName;
import static io.sallyport.connect.server.proto.Checks.is;
import static io.sallyport.connect.server.proto.Checks.only;
import static io.sallyport.policy.decision.RefusalCode.FUNCTION_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.MAY_FAIL;
import static io.sallyport.policy.decision.RefusalCode.PARAM_INVALID;
import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;

import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.Alias;
import org.apache.spark.connect.proto.Expression.Cast;
import org.apache.spark.connect.proto.Expression.Cast.EvalMode;
import org.apache.spark.connect.proto.Expression.ExpressionString;
import org.apache.spark.connect.proto.Expression.Literal;
import org.apache.spark.connect.proto.Expression.SortOrder;
import org.apache.spark.connect.proto.Expression.SortOrder.NullOrdering;
import org.apache.spark.connect.proto.Expression.SortOrder.SortDirection;
import org.apache.spark.connect.proto.Expression.UnresolvedAttribute;
import org.apache.spark.connect.proto.Expression.UnresolvedExtractValue;
import org.apache.spark.connect.proto.Expression.UnresolvedFunction;
import org.apache.spark.connect.proto.Expression.UnresolvedStar;
import org.apache.spark.connect.proto.Expression.Window;
import org.apache.spark.connect.proto.Expression.Window.WindowFrame;
import org.apache.spark.connect.proto.Expression.Window.WindowFrame.FrameBoundary;
import org.apache.spark.connect.proto.Expression.Window.WindowFrame.FrameType;
import org.apache.spark.connect.proto.SubqueryExpression;

/** The expressions that are admitted, and every field of each. */
final class AdmittedExpressions {

  private static final String SIMPLE =
      "a number, boolean, string, date, timestamp, decimal or null";

  private AdmittedExpressions() {}

  static void addTo(ProtoTable.Builder table) {
    expression(table);
    references(table);
    calls(table);
    windows(table);
    subqueries(table);
    literal(table);
    decimal(table);
  }

  private static void expression(ProtoTable.Builder table) {
    table
        .in(Expression.getDescriptor(), "expr_type")
        .strip("common", "the client's stack trace; only ever quoted in errors and logs")
        .admit("literal", "a scalar")
        .admit("unresolved_attribute", "a column")
        .admit("unresolved_function", "a function of the list")
        .admit("expression_string", "SQL, judged as a tree")
        .admit("unresolved_star", "all columns")
        .admit("alias", "a name")
        .admit("cast", "to a simple type")
        .admit("window", "over a person's rows, or over released ones: the plan's admission says")
        .admit("subquery_expression", "of a relation that is sent with the plan")
        .admit("unresolved_extract_value", "one part of a split: the plan's admission says")
        .admit("sort_order", "asc, desc");
    table
        .in(UnresolvedExtractValue.getDescriptor(), "child", "extraction")
        .admit("child", "an expression")
        .admit("extraction", "a place");
  }

  private static void subqueries(ProtoTable.Builder table) {
    table
        .in(SubqueryExpression.getDescriptor(), "subquery_type")
        .admit("plan_id", "the relation's number, looked up by CarriedRelations")
        .admit("subquery_type", PlanChecks.subqueryType(), "scalar(), exists(), isin(df)")
        .refuse("table_arg_options", RELATION_NOT_ALLOWED, "there are no table functions")
        .admit("in_subquery_values", "what is looked for");
  }

  private static void windows(ProtoTable.Builder table) {
    table
        .in(Window.getDescriptor(), "window_function")
        .admit("window_function", "a function")
        .admit("partition_spec", "keys")
        .admit("order_spec", "keys")
        .admit("frame_spec", "rows or range");
    table
        .in(WindowFrame.getDescriptor(), "frame_type", "lower", "upper")
        .admit("frame_type", only(FrameType.FRAME_TYPE_ROW, FrameType.FRAME_TYPE_RANGE), "said")
        .admit("lower", "a boundary")
        .admit("upper", "a boundary");
    table
        .in(FrameBoundary.getDescriptor(), "boundary")
        .admit("current_row", is(true), "said")
        .admit("unbounded", is(true), "said")
        .admit("value", "a literal");
  }

  private static void references(ProtoTable.Builder table) {
    table
        .in(UnresolvedAttribute.getDescriptor(), "unparsed_identifier")
        .admit("unparsed_identifier", columnName(), "no _metadata, no name that begins with __")
        .admit("plan_id", "the relation that has the column")
        .admit("is_metadata_column", is(false), "file names and positions are not columns");
    table
        .in(UnresolvedStar.getDescriptor())
        .admit("unparsed_target", Checks.starTarget(), "of one relation")
        .admit("plan_id", "of one relation")
        .demand(UnresolvedStar.class, Demands::oneStarTarget);
    table
        .in(Alias.getDescriptor(), "expr", "name")
        .admit("expr", "an expression")
        .admit("name", columnName(), "a name")
        .refuse("metadata", PARAM_INVALID, "Spark gives metadata meanings", "as(name)")
        .demand(Alias.class, Demands::oneName);
    table
        .in(SortOrder.getDescriptor(), "child", "direction", "null_ordering")
        .admit("child", "an expression")
        .admit(
            "direction",
            only(SortDirection.SORT_DIRECTION_ASCENDING, SortDirection.SORT_DIRECTION_DESCENDING),
            "said")
        .admit(
            "null_ordering",
            only(NullOrdering.SORT_NULLS_FIRST, NullOrdering.SORT_NULLS_LAST),
            "said");
  }

  private static void calls(ProtoTable.Builder table) {
    table
        .in(UnresolvedFunction.getDescriptor(), "function_name")
        .admit("function_name", PlanChecks.functionName(), "one part, on the caller's list")
        .admit("arguments", "expressions")
        .admit("is_distinct", "count(DISTINCT ...)")
        .refuse("is_user_defined_function", FUNCTION_NOT_ALLOWED, "would be parsed and looked up")
        .admit("is_internal", is(FUNCTION_NOT_ALLOWED, false), "the rewrite always says false");
    table
        .in(ExpressionString.getDescriptor(), "expression")
        .admit("expression", PlanChecks.expressionText(), "judged as a tree by the caller");
    table
        .in(Cast.getDescriptor(), "expr", "cast_to_type")
        .admit("expr", "an expression")
        .admit("type", "a simple type")
        .admit("type_str", PlanChecks.simpleTypeText(), "the name of a simple type")
        .admit(
            "eval_mode",
            only(MAY_FAIL, EvalMode.EVAL_MODE_LEGACY, EvalMode.EVAL_MODE_TRY),
            "ANSI casts fail, and the failure says something about the data");
  }

  private static void literal(ProtoTable.Builder table) {
    table
        .in(Literal.getDescriptor(), "literal_type")
        .admit("null", "of a simple type")
        .admit("boolean", "scalar")
        .admit("byte", between(Byte.MIN_VALUE, Byte.MAX_VALUE), "Spark narrows without looking")
        .admit("short", between(Short.MIN_VALUE, Short.MAX_VALUE), "Spark narrows without looking")
        .admit("integer", "scalar")
        .admit("long", "scalar")
        .admit("float", "scalar")
        .admit("double", "scalar")
        .admit("decimal", "scalar")
        .admit("string", PlanChecks.literalText(), "scalar, of bounded length")
        .admit("date", PlanChecks.day(), "scalar, years 1 to 9999")
        .admit("timestamp", PlanChecks.microsecond(), "scalar, years 1 to 9999")
        .admit("timestamp_ntz", PlanChecks.microsecond(), "scalar, years 1 to 9999")
        .admit("data_type", "said beside a null only")
        .refuse("binary", PARAM_INVALID, "no binary values", SIMPLE)
        .refuse("calendar_interval", PARAM_INVALID, "no intervals", SIMPLE)
        .refuse("year_month_interval", PARAM_INVALID, "no intervals", SIMPLE)
        .refuse("day_time_interval", PARAM_INVALID, "no intervals", SIMPLE)
        .refuse("array", PARAM_INVALID, "no nested values", SIMPLE)
        .refuse("map", PARAM_INVALID, "no nested values", SIMPLE)
        .refuse("struct", PARAM_INVALID, "no nested values", SIMPLE)
        .refuse("specialized_array", PARAM_INVALID, "no nested values", SIMPLE)
        .refuse("time", PARAM_INVALID, "no times of day", SIMPLE)
        .demand(Literal.class, Demands::typeOfNullOnly);
  }

  private static void decimal(ProtoTable.Builder table) {
    table
        .in(Literal.Decimal.getDescriptor(), "value")
        .admit("value", PlanChecks.decimalText(), "digits; an exponent could mean gigabytes")
        .admit("precision", between(1, 38), "digits")
        .admit("scale", between(0, 38), "digits after the point");
  }
}
