package io.sallyport.connect.client;

import io.sallyport.connect.protocol.Request;
import java.util.List;
import org.apache.spark.sql.Row;

/** Where requests go. */
@FunctionalInterface
interface Requests {

  /**
   * The rows that answer a request.
   *
   * @throws Refused when the server refuses
   * @throws RemoteFailure when there is no answer
   */
  List<Row> ask(Request request);
}
