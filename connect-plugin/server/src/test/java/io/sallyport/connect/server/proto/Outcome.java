package io.sallyport.connect.server.proto;

import io.sallyport.spark.RefusedException;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;
import org.sparkproject.connect.protobuf.Message;

/**
 * What became of a request: admitted, or refused. Anything else is thrown.
 *
 * @param request the admitted request, if it was
 */
record Outcome(Optional<Message> request) {

  static Outcome of(Relation root) {
    return of(Requests.execute(root));
  }

  static Outcome of(Message request) {
    try {
      return new Outcome(Optional.of(new Admissions().admit(request)));
    } catch (RefusedException refused) {
      return new Outcome(Optional.empty());
    }
  }

  boolean admitted() {
    return request.isPresent();
  }
}
