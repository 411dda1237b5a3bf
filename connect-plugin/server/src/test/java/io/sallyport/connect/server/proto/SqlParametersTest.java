package io.sallyport.connect.server.proto;

import static io.sallyport.connect.server.proto.Requests.column;
import static io.sallyport.connect.server.proto.Requests.execute;
import static io.sallyport.connect.server.proto.Requests.literal;
import static io.sallyport.connect.server.proto.Requests.relation;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.decision.RefusalCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.Literal;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of parameters stand in the text that is judged, and nowhere else. */
final class SqlParametersTest {

  @Test
  void names_areFoundByTheLexer_andNowhereElse() {
    String text =
        "SELECT :p, ':p', \":p\", `:p`, a::int /* :p */ -- :p\n FROM t WHERE : `p`>:q AND :p2 = :P";

    assertThat(bound(text, sql -> sql.putNamedArguments("p", number(3))))
        .isEqualTo(
            "SELECT  3 , ':p', \":p\", `:p`, a::int /* :p */ -- :p\n FROM t WHERE  3 >:q AND :p2"
                + " = :P");
  }

  @Test
  void questionMarks_areFilledInTheirOrder() {
    assertThat(
            bound(
                "SELECT ?, '?' FROM t WHERE x-?",
                sql -> sql.addPosArguments(number(1)).addPosArguments(number(-2))))
        .isEqualTo("SELECT  1 , '?' FROM t WHERE x- -2 ");
  }

  @Test
  @SuppressWarnings("deprecation") // what older clients send
  void literalsOfOlderClients_areTheSame() {
    Literal three = Literal.newBuilder().setInteger(3).build();

    assertThat(bound("SELECT :p", sql -> sql.putArgs("p", three))).isEqualTo("SELECT  3 ");
    assertThat(bound("SELECT ?", sql -> sql.addPosArgs(three))).isEqualTo("SELECT  3 ");
  }

  @Test
  void charactersBeyondTheFirstPlane_moveNothing() {
    assertThat(bound("SELECT '\ud83d\ude00', :p", sql -> sql.putNamedArguments("p", number(3))))
        .isEqualTo("SELECT '\ud83d\ude00',  3 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "'",
        "\\",
        "\\'",
        "--",
        "*/",
        "${env:HOME}",
        "\u00e9\ud83d\ude00",
        "\n\0"
      })
  void texts_areThemselves(String text) throws Exception {
    String written = SqlLiteral.of(Literal.newBuilder().setString(text).build());

    assertThat(evaluated(written)).isEqualTo(UTF8String.fromString(text));
    assertThat(written).doesNotContain("${").isPrintable();
  }

  @Test
  void values_keepTheirTypes() throws Exception {
    assertValue(l -> l.setBoolean(true), DataTypes.BooleanType, true);
    assertValue(l -> l.setByte(-128), DataTypes.ByteType, (byte) -128);
    assertValue(l -> l.setShort(-32768), DataTypes.ShortType, (short) -32768);
    assertValue(l -> l.setInteger(Integer.MIN_VALUE), DataTypes.IntegerType, Integer.MIN_VALUE);
    assertValue(l -> l.setLong(Long.MIN_VALUE), DataTypes.LongType, Long.MIN_VALUE);
    assertValue(l -> l.setFloat(-1.5e-30f), DataTypes.FloatType, -1.5e-30f);
    assertValue(l -> l.setDouble(Double.MIN_VALUE), DataTypes.DoubleType, Double.MIN_VALUE);
    assertValue(l -> l.setDouble(Double.NaN), DataTypes.DoubleType, Double.NaN);
    assertValue(
        l -> l.setFloat(Float.NEGATIVE_INFINITY), DataTypes.FloatType, Float.NEGATIVE_INFINITY);
    assertValue(
        l -> l.getDecimalBuilder().setValue("-1.20").setPrecision(10).setScale(2),
        DataTypes.createDecimalType(10, 2),
        Decimal.apply(new BigDecimal("-1.20"), 10, 2));
    LocalDate first = LocalDate.of(1, 1, 1);
    assertValue(
        l -> l.setDate((int) first.toEpochDay()), DataTypes.DateType, (int) first.toEpochDay());
    long moment = Instant.parse("2024-02-29T23:59:59Z").getEpochSecond() * 1_000_000 + 1;
    assertValue(l -> l.setTimestamp(moment), DataTypes.TimestampType, moment);
    assertValue(l -> l.setTimestampNtz(-moment), DataTypes.TimestampNTZType, -moment);
    assertValue(l -> l.getNullBuilder().getLongBuilder(), DataTypes.LongType, null);
  }

  @Test
  void whatIsJudged_andWhatRuns_isTheTextWithItsValues() {
    Admissions admissions = new Admissions();
    SQL sql = SQL.newBuilder().setQuery("SELECT :p").putNamedArguments("p", number(3)).build();
    var admitted = admissions.admit(execute(relation(r -> r.setSql(sql))));

    assertThat(admissions.queries).containsExactly("SELECT  3 ");
    assertThat(admitted.toString()).contains("SELECT  3 ").doesNotContain(":p");
  }

  @Test
  void otherValues_otherCounts_andBothKinds_areRefused() {
    Expression array = literal(l -> l.getArrayBuilder().addElements(Literal.newBuilder()));
    List<Consumer<SQL.Builder>> requests =
        List.of(
            sql -> sql.setQuery("SELECT :p").putNamedArguments("p", column("a")),
            sql -> sql.setQuery("SELECT :p").putNamedArguments("p", array),
            sql -> sql.setQuery("SELECT :p").putNamedArguments("a\nb", number(1)),
            sql -> sql.setQuery("SELECT ?").addPosArguments(number(1)).addPosArguments(number(2)),
            sql -> sql.setQuery("SELECT ?, ?").addPosArguments(number(1)),
            sql -> sql.setQuery("SELECT 1").addPosArguments(number(1)),
            sql ->
                sql.setQuery("SELECT ?, :p")
                    .addPosArguments(number(1))
                    .putNamedArguments("p", number(1)));
    for (Consumer<SQL.Builder> change : requests) {
      assertThat(Admissions.code(execute(relation(r -> change.accept(r.getSqlBuilder())))))
          .isEqualTo(RefusalCode.PARAM_INVALID);
    }
  }

  @Test
  void valuesInTheText_countAsText() {
    Expression large = literal(l -> l.setString("\u00e9".repeat(1_500)));
    String text = "SELECT " + ":p, ".repeat(15_000) + "1";

    assertThat(
            Admissions.code(
                execute(
                    relation(r -> r.getSqlBuilder().setQuery(text).putNamedArguments("p", large)))))
        .isEqualTo(RefusalCode.LIMIT_EXCEEDED);
  }

  private static void assertValue(Consumer<Literal.Builder> change, DataType type, Object value)
      throws Exception {
    Literal.Builder literal = Literal.newBuilder();
    change.accept(literal);
    var parsed = new CatalystSqlParser().parseExpression(SqlLiteral.of(literal.build()));
    assertThat(parsed.dataType()).isEqualTo(type);
    assertThat(parsed.eval(null)).isEqualTo(value);
  }

  private static Object evaluated(String text) throws Exception {
    return new CatalystSqlParser().parseExpression(text).eval(null);
  }

  private static String bound(String text, Consumer<SQL.Builder> change) {
    SQL.Builder sql = SQL.newBuilder().setQuery(text);
    change.accept(sql);
    return SqlParameters.of(sql.build()).bound();
  }

  private static Expression number(int value) {
    return literal(l -> l.setInteger(value));
  }
}
