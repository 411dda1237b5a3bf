package io.sallyport.policy.notify;

import java.util.List;
import java.util.stream.Collectors;

/** JSON in ASCII. */
final class Json {

  private Json() {}

  static String strings(List<String> texts) {
    return texts.stream().map(Json::string).collect(Collectors.joining(",", "[", "]"));
  }

  static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
              } else if (c >= ' ' && c <= '~') {
                json.append((char) c);
              } else {
                json.append(String.format("\\u%04x", c));
              }
            });
    return json.append('"').toString();
  }
}
