package io.sallyport.policy.rule;

import io.sallyport.policy.rule.Rule.Aggregation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what stands between the brackets of {@code aggregation(...)}. */
final class AggregationOptions {
  private static final String VALID_OPTIONS =
      "functions = [count, ...], dominance = p(10) or nk(2, 90) or [p(10), nk(2, 90)], dof = 10";
  private static final String VALID_DOMINANCE = "p(10), nk(2, 90) or several between '[' and ']'";

  private final Cursor cursor;
  private List<AggregateFamily> functions = AggregateFamily.usual();
  private List<Dominance> dominance = List.of();
  private int dof = Aggregation.USUAL_DOF;

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
    return new Aggregation(k, functions, dominance, dof);
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

  private AggregateFamily function() {
    int start = cursor.index();
    String name = cursor.word();
    String valid =
        Arrays.stream(AggregateFamily.values())
            .map(AggregateFamily::text)
            .collect(Collectors.joining(", "));
    if (name.isEmpty()) {
      throw cursor.unexpected(valid);
    }
    return AggregateFamily.of(name)
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
