package io.sallyport.connect.desk.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Names and values of a query or a form; of a name that is given twice, the first value. */
record Parameters(Map<String, String> values) {

  /** Reads them; what is malformed is left out. */
  static Parameters of(String encoded) {
    Map<String, String> values = new HashMap<>();
    for (String pair : (encoded == null ? "" : encoded).split("&", -1)) {
      int at = pair.indexOf('=');
      try {
        if (at > 0) {
          values.putIfAbsent(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
        }
      } catch (IllegalArgumentException e) {
        // No parameter of ours is written like that.
      }
    }
    return new Parameters(values);
  }

  String get(String name) {
    return values.getOrDefault(name, "");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
