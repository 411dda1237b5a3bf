package io.sallyport.connect.client;

import io.sallyport.connect.protocol.AnswerSchemas;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Answers, as the stock client gives them out. */
final class Rows {

  static final String ARTIFACT = "0123456789abcdef0123456789abcdef";
  static final String REQUEST = "r-abcdefgh01234567";
  static final StructType SCHEMA = StructType.fromDDL("ward STRING, n BIGINT");

  private Rows() {}

  static Row of(List<AnswerSchemas.Column> columns, Object... values) {
    return new GenericRowWithSchema(values, StructType.fromDDL(AnswerSchemas.ddl(columns)));
  }

  static List<Row> request(String state, String reason) {
    return List.of(of(AnswerSchemas.REQUEST, REQUEST, state, reason, null, null));
  }

  static List<Row> collected(String verdict, String sizeClass) {
    StructType ground =
        StructType.fromDDL(
            "frame STRING, code STRING, subject STRING, policy STRING, remedy STRING");
    Row row =
        new GenericRowWithSchema(
            new Object[] {"stays", "SMALL_GROUP", "Groups", "k = 10", "Fewer keys"}, ground);
    Object grounds =
        CollectionConverters.asScala(verdict.equals("RELEASE") ? List.of() : List.of(row)).toSeq();
    return List.of(of(AnswerSchemas.COLLECT, ARTIFACT, SCHEMA.json(), verdict, grounds, sizeClass));
  }

  static List<Row> two() {
    return List.of(RowFactory.create("A", 11L), RowFactory.create("B", 12L));
  }

  static Refused refusal(String text) {
    return RefusalText.parse(text).orElseThrow().exception();
  }

  static Refused pending() {
    return refusal("[SALLYPORT.APPROVAL_REQUIRED] Waits as request " + REQUEST + ".");
  }
}
