package io.sallyport.connect.server.gate;

import io.sallyport.policy.principal.Principal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.UserContext;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/** What the request messages of all RPCs have in common: who sends, and in which session. */
final class RequestHead {

  private static final String USER_CONTEXT = "user_context";
  private static final String CLIENT_TYPE = "client_type";
  private static final String SESSION_ID = "session_id";
  private static final String OPERATION = "operation_id";
  private static final String OBSERVED = "client_observed_server_side_session_id";

  private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");

  private RequestHead() {}

  /**
   * The message with its user context replaced by the principal: name, extensions and all that a
   * client says of itself are gone.
   */
  static Message under(Principal principal, Message message) {
    Message.Builder builder =
        message.toBuilder()
            .setField(
                field(message, USER_CONTEXT),
                UserContext.newBuilder()
                    .setUserId(principal.name())
                    .setUserName(principal.name())
                    .build());
    builder.clearField(field(message, CLIENT_TYPE));
    if (observedSession(message).filter(String::isEmpty).isPresent()) {
      // An older server did not say which side of the session it was, and the client kept that.
      builder.clearField(field(message, OBSERVED));
    }
    return builder.build();
  }

  /** The server's side of the session, as the client says that it has seen it before. */
  static Optional<String> observedSession(Message message) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(OBSERVED);
    return field != null && message.hasField(field)
        ? Optional.of((String) message.getField(field))
        : Optional.empty();
  }

  /** The operation that it is about, where it is about one; a text that is no id is none. */
  static Optional<String> operation(Message message) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(OPERATION);
    return field != null && message.hasField(field)
        ? Optional.of((String) message.getField(field)).filter(id -> ID.matcher(id).matches())
        : Optional.empty();
  }

  static String session(Message message) {
    return (String) message.getField(field(message, SESSION_ID));
  }

  private static FieldDescriptor field(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      throw new IllegalStateException(
          message.getDescriptorForType().getName() + " has no field " + name);
    }
    return field;
  }
}
