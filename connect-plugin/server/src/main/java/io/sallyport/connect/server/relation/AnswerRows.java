package io.sallyport.connect.server.relation;

import io.sallyport.connect.protocol.AnswerSchemas;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.StructType;

/** The rows of an answer to a call of our client. */
final class AnswerRows {

  private AnswerRows() {}

  /** The answer as a plan over nothing. */
  static LogicalPlan of(List<AnswerSchemas.Column> columns, List<Row> rows) {
    StructType schema = StructType.fromDDL(AnswerSchemas.ddl(columns));
    List<Attribute> attributes = new ArrayList<>(Scala.list(DataTypeUtils.toAttributes(schema)));
    return LocalRelation.fromExternalRows(Scala.seq(attributes), Scala.seq(rows));
  }
}
