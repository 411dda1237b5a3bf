package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Requests.call;
import static io.sallyport.connect.server.proto.Requests.column;
import static io.sallyport.connect.server.proto.Requests.execute;
import static io.sallyport.connect.server.proto.Requests.filter;
import static io.sallyport.connect.server.proto.Requests.literal;
import static io.sallyport.connect.server.proto.Requests.select;
import static io.sallyport.connect.server.proto.Requests.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkproject.connect.protobuf.ByteString;

/** Expressions that must not pass, each for a reason of its own. */
final class RefusedExpressionTest {

  static Stream<Arguments> expressions() {
    return Stream.of(
        refused("regex", "FUNCTION_NOT_ALLOWED", e -> e.getUnresolvedRegexBuilder()),
        refused("lambda", "FUNCTION_NOT_ALLOWED", e -> e.getLambdaFunctionBuilder()),
        refused("call by name", "FUNCTION_NOT_ALLOWED", e -> e.getCallFunctionBuilder()),
        refused("code", "UDF_NOT_ALLOWED", e -> e.getCommonInlineUserDefinedFunctionBuilder()),
        refused("typed", "UDF_NOT_ALLOWED", e -> e.getTypedAggregateExpressionBuilder()),
        refused("no subquery", "PARAM_INVALID", e -> e.getSubqueryExpressionBuilder()),
        refused("merge", "COMMAND_NOT_ALLOWED", e -> e.getMergeActionBuilder()),
        refused("extension", "RELATION_NOT_ALLOWED", e -> e.getExtensionBuilder().setTypeUrl("x")),
        refused("nothing", "PARAM_INVALID", e -> {}),
        refused("array", "PARAM_INVALID", e -> e.getLiteralBuilder().getArrayBuilder()),
        refused("binary", "PARAM_INVALID", e -> e.getLiteralBuilder().setBinary(ByteString.EMPTY)),
        refused("no literal", "PARAM_INVALID", e -> e.getLiteralBuilder()),
        refused("wide byte", "PARAM_INVALID", e -> e.getLiteralBuilder().setByte(256)),
        refused("far day", "PARAM_INVALID", e -> e.getLiteralBuilder().setDate(Integer.MAX_VALUE)),
        refused(
            "far time", "PARAM_INVALID", e -> e.getLiteralBuilder().setTimestamp(Long.MIN_VALUE)),
        refused("typed literal", "PARAM_INVALID", RefusedExpressionTest::typedLiteral));
  }

  static Stream<Arguments> parameters() {
    return Stream.of(
        refused("udt of null", "PARAM_INVALID", e -> udt(e.getLiteralBuilder().getNullBuilder())),
        refused("udt of cast", "PARAM_INVALID", e -> udt(cast(e).getTypeBuilder())),
        refused(
            "unparsed type", "PARAM_INVALID", e -> cast(e).getTypeBuilder().getUnparsedBuilder()),
        refused("no type", "PARAM_INVALID", e -> cast(e).getTypeBuilder()),
        refused("collation", "PARAM_INVALID", RefusedExpressionTest::collation),
        refused("ansi cast", "MAY_FAIL", e -> cast(e).setTypeStr("int").setEvalModeValue(2)),
        refused("metadata", "RELATION_NOT_ALLOWED", RefusedExpressionTest::metadataColumn),
        refused("alias metadata", "PARAM_INVALID", e -> alias(e).setMetadata("{}")),
        refused("two names", "PARAM_INVALID", e -> alias(e).addName("b")),
        refused(
            "no direction", "PARAM_INVALID", e -> e.getSortOrderBuilder().setChild(column("a"))),
        refused("udf", "FUNCTION_NOT_ALLOWED", e -> sum(e).setIsUserDefinedFunction(true)),
        refused("internal", "FUNCTION_NOT_ALLOWED", e -> sum(e).setIsInternal(true)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"expressions", "parameters"})
  void expression_isRefused(String name, RefusalCode code, Expression expression) {
    assertThat(Admissions.code(execute(select(expression)))).isEqualTo(code);
    assertThat(Admissions.code(execute(filter(table("t"), call("=", column("a"), expression)))))
        .isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_metadata",
        "_METADATA.file_path",
        "t._metadata.row_index",
        "`_metadata`.file_name",
        "t.`_Metadata`",
        "__auto",
        "a.__b",
        "`__b`",
        " _metadata",
        "a\nb",
        "a\u202eb",
        ""
      })
  void column_ofSparksOwn_isRefused(String name) {
    assertThat(Admissions.code(execute(select(column(name))))).isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "p.a", "`a b`", "avg(a)", "_a", "gr\u00f6\u00dfe", "a_b__c"})
  void column_ofTheAnalyst_isAdmitted(String name) {
    assertThat(Outcome.of(select(column(name))).admitted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reflect",
        "system.builtin.reflect",
        "`sum`",
        "sum ",
        "s\u00fcm",
        "builtin.sum",
        "",
        "java_method",
        "raise_error",
        "identifier"
      })
  void function_offTheList_isRefused(String name) {
    RefusalCode code = Admissions.code(execute(select(call(name, column("a")))));
    assertThat(code)
        .isEqualTo(name.isEmpty() ? RefusalCode.PARAM_INVALID : RefusalCode.FUNCTION_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array<int>",
        "struct<a:int>",
        "varchar(3)",
        "binary",
        "interval day",
        "string collate x",
        "decimal(39,0)",
        "decimal(2,3)",
        "{\"type\":\"udt\"}",
        "variant",
        "",
        "int;",
        "a int"
      })
  void cast_toTextThatIsNoSimpleType_isRefused(String type) {
    Expression.Builder cast = Expression.newBuilder();
    cast(cast).setTypeStr(type);
    assertThat(Admissions.code(execute(select(cast.build())))).isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+1000000000", "1e999", "NaN", "", "0x1", "1.", "-", "١"})
  void decimal_thatIsNotDigits_isRefused(String value) {
    Expression decimal = literal(l -> l.getDecimalBuilder().setValue(value));
    assertThat(Admissions.code(execute(select(decimal)))).isEqualTo(RefusalCode.PARAM_INVALID);
  }

  @Test
  void function_isRefused_underTheCallersCode() {
    assertThat(Admissions.code(execute(select(call("MAX", column("name"))))))
        .isEqualTo(RefusalCode.AGG_NOT_ALLOWED);
  }

  @Test
  void refusalText_quotesLittle_andNothingThatBreaksALine() {
    String text = Admissions.refusal(execute(select(call("a\n\u202e'" + "b".repeat(999))))).text();
    assertThat(text).matches("[ -~]*").hasSizeLessThan(300);
  }

  @Test
  void texts_areCollected_inOrder() {
    Expression.Builder text = Expression.newBuilder();
    text.getExpressionStringBuilder().setExpression("a > 1");
    Admissions admissions = new Admissions();
    admissions.admit(execute(filter(Requests.sql("SELECT 1"), text.build())));
    assertThat(admissions.queries).containsExactly("SELECT 1");
    assertThat(admissions.expressions).containsExactly("a > 1");
  }

  private static Arguments refused(String name, String code, Consumer<Expression.Builder> change) {
    Expression.Builder expression = Expression.newBuilder();
    change.accept(expression);
    return Arguments.of(name, RefusalCode.valueOf(code), expression.build());
  }

  private static void typedLiteral(Expression.Builder expression) {
    expression.getLiteralBuilder().setInteger(1).getDataTypeBuilder().getStringBuilder();
  }

  private static void udt(org.apache.spark.connect.proto.DataType.Builder type) {
    type.getUdtBuilder().setType("udt").setJvmClass("org.apache.spark.ml.linalg.VectorUDT");
  }

  private static void collation(Expression.Builder expression) {
    cast(expression).getTypeBuilder().getStringBuilder().setCollation("UNICODE_CI");
  }

  private static void metadataColumn(Expression.Builder expression) {
    expression.getUnresolvedAttributeBuilder().setUnparsedIdentifier("a").setIsMetadataColumn(true);
  }

  private static Expression.Cast.Builder cast(Expression.Builder expression) {
    return expression.getCastBuilder().setExpr(column("a"));
  }

  private static Expression.Alias.Builder alias(Expression.Builder expression) {
    return expression.getAliasBuilder().setExpr(column("a")).addName("x");
  }

  private static Expression.UnresolvedFunction.Builder sum(Expression.Builder expression) {
    return expression
        .getUnresolvedFunctionBuilder()
        .setFunctionName("sum")
        .addArguments(column("a"));
  }
}
