package io.sallyport.connect.cli.server;

import java.util.Arrays;
import java.util.stream.Collectors;

/** SQL of constants that a user typed: none of them can be anything but a string. */
public final class SqlText {

  private SqlText() {}

  /** {@code CALL sallyport.<procedure>('...', '...')}. */
  public static String call(String procedure, String... arguments) {
    return "CALL sallyport."
        + procedure
        + Arrays.stream(arguments)
            .map(SqlText::literal)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * A string literal. Quotes, backslashes, control characters and the {@code $} of a variable are
   * escapes in it.
   */
  public static String literal(String text) {
    StringBuilder literal = new StringBuilder("'");
    text.chars()
        .forEach(
            c -> {
              if (c < ' ' || c == '\'' || c == '"' || c == '\\' || c == '$' || c == 0x7f) {
                literal.append(String.format("\\u%04x", c));
              } else {
                literal.append((char) c);
              }
            });
    return literal.append('\'').toString();
  }
}
