package io.sallyport.connect.server.gate;

import java.util.Map;
import java.util.Set;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * What a request says, for a record of it that nobody could read as a question: every text in it,
 * each behind the name of its field, in the order of the message. SQL, names of tables and of
 * functions are texts; data that it brings along are not.
 */
final class RequestWords {

  /** No more than this is looked at; a request may be larger. */
  private static final int MOST = 128 * 1024;

  /** Who sends, in which session, and what only clients use. */
  private static final Set<String> HEAD =
      Set.of(
          "user_context",
          "session_id",
          "client_type",
          "client_observed_server_side_session_id",
          "operation_id",
          "last_response_id",
          "tags");

  private final StringBuilder words = new StringBuilder();

  private RequestWords() {}

  static String of(Message request) {
    RequestWords read = new RequestWords();
    read.message(request);
    return read.words.toString();
  }

  private void message(Message message) {
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (!HEAD.contains(field.getKey().getName())) {
        field(field.getKey(), field.getValue());
      }
    }
  }

  private void field(FieldDescriptor field, Object value) {
    if (value instanceof Iterable<?> elements) {
      elements.forEach(element -> field(field, element));
    } else if (words.length() >= MOST) {
      return;
    } else if (value instanceof Message message) {
      message(message);
    } else if (value instanceof String text) {
      words.append(words.isEmpty() ? "" : "\n").append(field.getName()).append(": ");
      words.append(text, 0, Math.min(text.length(), MOST));
    }
  }
}
