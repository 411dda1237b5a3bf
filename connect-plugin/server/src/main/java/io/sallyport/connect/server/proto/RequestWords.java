package io.sallyport.connect.server.proto;

import io.sallyport.spark.RefusedException;
import java.util.Map;
import java.util.Set;
import org.sparkproject.connect.protobuf.Any;
import org.sparkproject.connect.protobuf.Descriptors.FieldDescriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * What a request says, for a record of it that nobody could read as a question: every text in it,
 * each behind the name of its field, in the order of the message. SQL, names of tables and of
 * functions are texts; data that it brings along are not. What the gate wrote in their place says
 * the same.
 */
public final class RequestWords {

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

  /** Deeper parts are left out; what is deeper than a plan may be is refused for that. */
  private static final int MOST_DEPTH = 1_000;

  private final StringBuilder words = new StringBuilder();
  private int depth;

  private RequestWords() {}

  /** All that a request, or a part of one, says. */
  public static String of(Message request) {
    RequestWords read = new RequestWords();
    read.message(request);
    return read.words.toString();
  }

  private void message(Message message) {
    if (depth == MOST_DEPTH) {
      return;
    }
    depth++;
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (!HEAD.contains(field.getKey().getName())) {
        field(field.getKey(), field.getValue());
      }
    }
    depth--;
  }

  private void field(FieldDescriptor field, Object value) {
    if (value instanceof Iterable<?> elements) {
      elements.forEach(element -> field(field, element));
    } else if (words.length() >= MOST) {
      return;
    } else if (value instanceof Any extension) {
      extension(field, extension);
    } else if (value instanceof Message message) {
      message(message);
    } else if (value instanceof String text) {
      say(field.getName(), text);
    }
  }

  /** A client may have written one of ours, and anything into it. */
  private void extension(FieldDescriptor field, Any extension) {
    String type = extension.getTypeUrl();
    try {
      if (ExtensionTypes.isText(type)) {
        say(type.substring(type.lastIndexOf('/') + 1), ExtensionTypes.text(extension));
      } else if (ExtensionTypes.isRelation(type)) {
        message(ExtensionTypes.relation(extension));
      } else {
        say(field.getName(), type);
      }
    } catch (RefusedException unreadable) {
      say(field.getName(), type);
    }
  }

  private void say(String what, String text) {
    words.append(words.isEmpty() ? "" : "\n").append(what).append(": ");
    words.append(text, 0, Math.min(text.length(), MOST));
  }
}
