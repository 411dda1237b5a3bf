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
   * @param endsOperation whether the operation ends with the call, because nobody can reattach
   */
  record Forward(Message message, Optional<String> operation, boolean endsOperation)
      implements Admitted {

    /** A request whose operation, if it has one, outlives the call. */
    Forward(Message message, Optional<String> operation) {
      this(message, operation, false);
    }
  }

  /**
   * The gate answers it, and Spark never hears of it.
   *
   * @param message the response
   */
  record Answer(Message message) implements Admitted {}
}
