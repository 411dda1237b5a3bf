package io.sallyport.connect.client;

import io.sallyport.connect.protocol.ProtocolMessages;
import io.sallyport.connect.protocol.Request;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connect.SparkSession;
import org.sparkproject.com.google.protobuf.Any;
import org.sparkproject.com.google.protobuf.ByteString;
import scala.runtime.BoxedUnit;

/** Requests as relations of a Spark Connect session, answered by rows. */
final class ConnectRequests implements Requests {

  private final SparkSession session;

  ConnectRequests(SparkSession session) {
    this.session = session;
  }

  @Override
  public List<Row> ask(Request request) {
    Any extension =
        Any.newBuilder()
            .setTypeUrl(ProtocolMessages.typeUrl(request))
            .setValue(ByteString.copyFrom(ProtocolMessages.encode(request)))
            .build();
    return Calls.call(
        () ->
            session
                .newDataFrame(
                    relation -> {
                      relation.setExtension(extension);
                      return BoxedUnit.UNIT;
                    })
                .collectAsList());
  }
}
