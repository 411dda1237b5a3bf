package io.sallyport.connect.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.connect.protocol.ProtocolMessages;
import io.sallyport.connect.protocol.Request;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.ByteString;
import scala.runtime.BoxedUnit;

/** What our own client sends, by hand over the stock client's connection. */
public final class OwnClient {

  private static final Pattern REQUEST = Pattern.compile("request (r-[a-z0-9]{16})");

  private OwnClient() {}

  /** The rows that a call answers with. */
  public static List<Row> call(SparkSession session, Request request) {
    return asked(session, request).collectAsList();
  }

  /** A call, not yet sent. */
  public static Dataset<Row> asked(SparkSession session, Request request) {
    Any extension =
        Any.newBuilder()
            .setTypeUrl(ProtocolMessages.typeUrl(request))
            .setValue(ByteString.copyFrom(ProtocolMessages.encode(request)))
            .build();
    return ((org.apache.spark.sql.connect.SparkSession) session)
        .newDataFrame(
            builder -> {
              builder.setExtension(extension);
              return BoxedUnit.UNIT;
            });
  }

  /** The id of the artifact that a frame is collected into. */
  public static String collect(Dataset<Row> frame) {
    return handle(frame).getString(0);
  }

  /** The handle that collecting a frame gives. */
  public static Row handle(Dataset<Row> frame) {
    return call(frame.sparkSession(), Request.Collect.of(relation(frame), "")).get(0);
  }

  /** The rows of an artifact, if the one whose session it is may have them. */
  public static List<Row> fetch(SparkSession session, String artifact) {
    return call(session, new Request.Fetch(artifact, ""));
  }

  /** A frame's plan as bytes. */
  public static byte[] relation(Dataset<Row> rows) {
    return ((org.apache.spark.sql.connect.Dataset<Row>) rows).plan().getRoot().toByteArray();
  }

  /** The id of the request that stands between the asker and these rows. */
  public static String pending(Dataset<Row> rows) {
    return pending(rows::collectAsList);
  }

  /** The same of anything that asks. */
  public static String pending(ThrowingCallable call) {
    Throwable refused = catchThrowable(call);
    assertThat(refused).isNotNull();
    assertThat(refused.getMessage()).startsWith("[SALLYPORT.APPROVAL_REQUIRED]");
    Matcher id = REQUEST.matcher(refused.getMessage());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  /** {@code CALL sallyport.<procedure>('...', ...)}. */
  public static Row procedure(SparkSession session, String name, String... texts) {
    StringBuilder call = new StringBuilder("CALL sallyport.").append(name).append('(');
    for (int i = 0; i < texts.length; i++) {
      call.append(i == 0 ? "" : ", ").append("'").append(texts[i].replace("'", "''")).append("'");
    }
    return session.sql(call.append(')').toString()).collectAsList().get(0);
  }
}
