package io.sallyport.policy.rule;

import io.sallyport.policy.rule.Rule.Aggregation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what stands between the brackets of {@code aggregation(...)}. */
final class AggregationOptions {
  private static final String VALID_OPTIONS =
      "functions = [count, ...], quantiles = true, dominance = p(10) or nk(2, 90) or [p(10), nk(2,"
          + " 90)], dof = 10";
  private static final String VALID_DOMINANCE = "p(10), nk(2, 90) or several between '[' and ']'";

  private final Cursor cursor;
  private List<AggregateFamily> functions = AggregateFamily.usual();
  private List<Dominance> dominance = List.of();
  private int dof = Aggregation.USUAL_DOF;
  private boolean quantiles;

  private AggregationOptions(Cursor cursor) {
    this.cursor = cursor;
  }

  static Aggregation parse(Cursor cursor) {
    return new AggregationOptions(cursor).parse();
  }

  private Aggregation parse() {
    int k = cursor.number("k", 2, Integer.MAX_VALUE);
    Set<String> given = new HashSet<>();
    while (cursor.skip(',')) {
      option(given);
    }
    if (!cursor.skip(')')) {
      throw cursor.unexpected("',' or ')'");
    }
    List<AggregateFamily> released = new ArrayList<>(functions);
    if (quantiles) {
      released.add(AggregateFamily.QUANTILE);
    }
    return new Aggregation(k, released, dominance, dof);
  }

  private void option(Set<String> given) {
    int start = cursor.index();
    String name = cursor.word();
    if (!given.add(name)) {
      throw cursor.error(start, "the option '" + name + "' is given twice", "each option once");
    }
    switch (name) {
      case "functions" -> {
        cursor.expect('=');
        cursor.expect('[');
        functions = cursor.list(']', this::function);
      }
      case "quantiles" -> {
        cursor.expect('=');
        quantiles = truth();
      }
      case "dominance" -> {
        cursor.expect('=');
        dominance =
            cursor.skip('[') ? cursor.list(']', this::dominanceRule) : List.of(dominanceRule());
      }
      case "dof" -> {
        cursor.expect('=');
        dof = cursor.number("dof", 1, Integer.MAX_VALUE);
      }
      case "" -> throw cursor.unexpected(VALID_OPTIONS);
      default -> throw cursor.error(start, "there is no option '" + name + "'", VALID_OPTIONS);
    }
  }

  private boolean truth() {
    int start = cursor.index();
    String word = cursor.word();
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw cursor.error(start, "quantiles is true or false", "true or false");
    };
  }

  private AggregateFamily function() {
    int start = cursor.index();
    String name = cursor.word();
    String valid =
        Arrays.stream(AggregateFamily.values())
            .filter(family -> family != AggregateFamily.QUANTILE)
            .map(AggregateFamily::text)
            .collect(Collectors.joining(", "));
    if (name.isEmpty()) {
      throw cursor.unexpected(valid);
    }
    return AggregateFamily.of(name)
        .filter(family -> family != AggregateFamily.QUANTILE) // an option of its own
        .orElseThrow(
            () -> cursor.error(start, "'" + name + "' is no function that can be released", valid));
  }

  private Dominance dominanceRule() {
    int start = cursor.index();
    String name = cursor.word();
    return switch (name) {
      case "p" -> percent();
      case "nk" -> share();
      case "" -> throw cursor.unexpected(VALID_DOMINANCE);
      default -> throw cursor.error(start, "there is no rule '" + name + "'", VALID_DOMINANCE);
    };
  }

  private Dominance percent() {
    cursor.expect('(');
    int p = cursor.number("p", 1, 100);
    cursor.expect(')');
    return new Dominance.Percent(p);
  }

  private Dominance share() {
    cursor.expect('(');
    int n = cursor.number("n", 1, Dominance.MOST_LARGEST);
    cursor.expect(',');
    int k = cursor.number("k", 1, 99);
    cursor.expect(')');
    return new Dominance.Share(n, k);
  }
}
