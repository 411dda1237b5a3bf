package io.sallyport.connect.server.gate;

import java.util.Optional;
import org.sparkproject.connect.protobuf.Message;

/** What becomes of a request that was not refused. */
sealed interface Admitted {

  /**
   * It goes on to Spark.
   *
   * @param message the rewritten message, of the class that came
   * @param operation the operation that it starts or takes up, if it does
   */
  record Forward(Message message, Optional<String> operation) implements Admitted {}

  /**
   * The gate answers it, and Spark never hears of it.
   *
   * @param message the response
   */
  record Answer(Message message) implements Admitted {}
}
