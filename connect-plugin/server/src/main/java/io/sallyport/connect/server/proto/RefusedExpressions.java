package io.sallyport.connect.server.proto;

import static io.sallyport.policy.decision.RefusalCode.COMMAND_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.FUNCTION_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.RELATION_NOT_ALLOWED;
import static io.sallyport.policy.decision.RefusalCode.UDF_NOT_ALLOWED;

import org.apache.spark.connect.proto.Expression;

/** The expressions that are refused, and why. */
final class RefusedExpressions {

  private RefusedExpressions() {}

  static void addTo(ProtoTable.Builder table) {
    table
        .in(Expression.getDescriptor())
        .refuse(
            "unresolved_regex",
            FUNCTION_NOT_ALLOWED,
            "the columns it means depend on a pattern",
            "names")
        .refuse(
            "lambda_function",
            FUNCTION_NOT_ALLOWED,
            "a function of a function, such as transform or filter, is not available",
            "array_contains, array_max, array_min, size or an element of the list")
        .refuse("unresolved_named_lambda_variable", FUNCTION_NOT_ALLOWED, "no functions")
        .refuse(
            "update_fields",
            FUNCTION_NOT_ALLOWED,
            "a struct is not changed in a query",
            "its fields, as columns")
        .refuse(
            "common_inline_user_defined_function",
            UDF_NOT_ALLOWED,
            "runs a client's code",
            "built-in functions")
        .refuse("typed_aggregate_expression", UDF_NOT_ALLOWED, "runs a client's code")
        .refuse(
            "call_function",
            FUNCTION_NOT_ALLOWED,
            "its name would be parsed and looked up",
            "the function of that name in functions, or expr(\"name(column)\")")
        .refuse("named_argument_expression", FUNCTION_NOT_ALLOWED, "arguments have places")
        .refuse("merge_action", COMMAND_NOT_ALLOWED, "changes a table")
        .refuse("direct_shuffle_partition_id", RELATION_NOT_ALLOWED, "where rows go is not asked")
        .refuse("extension", RELATION_NOT_ALLOWED, "client extensions are not read");
  }
}
