package io.sallyport.connect.server.gate;

import java.util.Optional;
import org.sparkproject.connect.protobuf.Message;

/** What becomes of a request that was not refused. */
sealed interface Admitted {

  /**
   * It goes on to Spark.
   *
   * @param message the rewritten message, of the class that came
   * @param endsWithCall the operation that is to end when the call does, because nobody can
   *     reattach
   */
  record Forward(Message message, Optional<OperationKey> endsWithCall) implements Admitted {

    /** A request that starts nothing, or what outlives the call. */
    Forward(Message message) {
      this(message, Optional.empty());
    }
  }

  /**
   * The gate answers it, and Spark never hears of it.
   *
   * @param message the response
   */
  record Answer(Message message) implements Admitted {}
}
