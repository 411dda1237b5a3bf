package io.sallyport.spark.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.rows.ResultDigest;
import io.sallyport.spark.scala.Scala;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** A stored result and a released one have one name. */
final class ReleasedDigestTest {

  @Test
  void releasedRows_haveTheDigestOfTheirArtifact() throws GeneralSecurityException {
    StructType schema =
        new StructType().add("n", DataTypes.LongType).add("ward", DataTypes.StringType);
    UnsafeRow row =
        UnsafeProjection.create(schema)
            .apply(new GenericInternalRow(new Object[] {12L, null}))
            .copy();
    List<Attribute> columns =
        List.of(attribute("n", DataTypes.LongType), attribute("ward", DataTypes.StringType));
    assertThat(new Released(columns, List.of(row)).digest().under(key()))
        .isEqualTo(ResultDigest.of(schema, List.of(row)).under(key()))
        .isNotEqualTo(ResultDigest.of(schema, List.of(row, row)).under(key()));
  }

  private static Mac key() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    return mac;
  }

  private static Attribute attribute(String name, DataType type) {
    return new AttributeReference(
        name, type, true, Metadata.empty(), NamedExpression.newExprId(), Scala.noElements());
  }
}
