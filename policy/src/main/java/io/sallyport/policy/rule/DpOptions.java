package io.sallyport.policy.rule;

import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what stands between the brackets of {@code dp(...)}. */
final class DpOptions {

  private static final List<String> NAMES = List.of("epsilon", "delta", "groups", "rows");
  private static final String VALID =
      "epsilon = <number above 0, at most 100>, delta = <number from 0 to 0.001>, groups = <1 to"
          + " 1000000>, rows = <1 to 1000000>; epsilon is needed, each once";

  private DpOptions() {}

  /** The rule whose opening bracket was just read. */
  static Rule.Dp parse(Cursor cursor) {
    int start = cursor.index();
    Map<String, BigDecimal> options = new LinkedHashMap<>();
    cursor.list(
        ')',
        () -> {
          cursor.skipBlanks();
          int at = cursor.index();
          String name = cursor.word();
          if (!NAMES.contains(name) || options.containsKey(name)) {
            throw cursor.error(at, "'" + name + "' is no option of dp, or given twice", VALID);
          }
          cursor.expect('=');
          options.put(name, cursor.decimal(VALID));
          cursor.skipBlanks();
          return name;
        });
    if (!options.containsKey("epsilon")) {
      throw cursor.error(start, "dp has no epsilon", VALID);
    }
    try {
      return new Rule.Dp(
          new Epsilon(options.get("epsilon")),
          new Delta(options.getOrDefault("delta", BigDecimal.ZERO)),
          whole(options, "groups"),
          whole(options, "rows"));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw cursor.error(start, "a number of dp(...) is out of its range", VALID);
    }
  }

  private static long whole(Map<String, BigDecimal> options, String name) {
    return options.getOrDefault(name, BigDecimal.ONE).longValueExact();
  }
}
