package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.artifact.ResultHash;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** A stored result and a released one have one name. */
final class ResultHashTest {

  @Test
  void releasedRows_haveTheHashOfTheirArtifact() {
    StructType schema =
        new StructType().add("n", DataTypes.LongType).add("ward", DataTypes.StringType);
    UnsafeRow row =
        UnsafeProjection.create(schema)
            .apply(new GenericInternalRow(new Object[] {12L, null}))
            .copy();
    List<Attribute> columns =
        List.of(attribute("n", DataTypes.LongType), attribute("ward", DataTypes.StringType));
    assertThat(ResultHash.of(schema, List.of(row)))
        .isEqualTo(new Released(columns, List.of(row)).hash());
  }

  private static Attribute attribute(String name, org.apache.spark.sql.types.DataType type) {
    return new AttributeReference(
        name, type, true, Metadata.empty(), NamedExpression.newExprId(), Scala.noElements());
  }
}
