package io.sallyport.policy.rule;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.rule.Rule.Aggregation;
import io.sallyport.policy.rule.Rule.All;
import io.sallyport.policy.rule.Rule.Always;
import io.sallyport.policy.rule.Rule.Any;
import io.sallyport.policy.rule.Rule.AtLeast;
import io.sallyport.policy.rule.Rule.Never;
import io.sallyport.policy.rule.Rule.User;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a rule as an owner writes it.
 *
 * <pre>
 *   rule  = "true" | "false"
 *         | "aggregation(" number ")" | "user(" '"' name '"' ")"
 *         | "all(" rules ")" | "any(" rules ")" | "at-least(" number "," rules ")"
 *   rules = rule { "," rule }
 * </pre>
 *
 * Blanks may stand between words. {@code dp(...)} has its place in the grammar and is refused with
 * a text of its own in this version.
 */
public final class RuleParser {
  /** How deep rules may be nested. */
  public static final int MAX_DEPTH = 32;

  /** How many characters a rule may have. */
  public static final int MAX_LENGTH = 10_000;

  private static final String VALID_RULES =
      "aggregation(k), user(\"name\"), all(rule, ...), any(rule, ...), at-least(n, rule, ...), true"
          + " or false";

  private final String text;
  private int index;

  private RuleParser(String text) {
    this.text = text;
  }

  /**
   * The rule that the text says.
   *
   * @throws RuleSyntaxException when it says none, with the position and what is valid there
   */
  public static Rule parse(String text) {
    RuleParser parser = new RuleParser(text);
    if (text.length() > MAX_LENGTH) {
      throw parser.error(MAX_LENGTH, "is too long", "at most " + MAX_LENGTH + " characters");
    }
    Rule rule = parser.rule(1);
    if (parser.index < text.length()) {
      throw parser.unexpected("the end of the rule");
    }
    return rule;
  }

  private Rule rule(int depth) {
    skipBlanks();
    int start = index;
    if (depth > MAX_DEPTH) {
      throw error(start, "is nested too deep", "at most " + MAX_DEPTH + " rules inside each other");
    }
    String word = word();
    Rule rule =
        switch (word) {
          case "true" -> new Always();
          case "false" -> new Never();
          case "aggregation" -> aggregation();
          case "user" -> user();
          case "all" -> new All(rules('(', depth));
          case "any" -> new Any(rules('(', depth));
          case "at-least" -> atLeast(depth);
          case "dp" -> throw error(start, "dp(...) is not available in this version", VALID_RULES);
          case "" -> throw unexpected(VALID_RULES);
          default -> throw error(start, "there is no rule '" + word + "'", VALID_RULES);
        };
    skipBlanks();
    return rule;
  }

  private Rule aggregation() {
    expect('(');
    int start = index;
    int k = number();
    if (k < 2) {
      throw error(start, "k must be at least 2", "aggregation(k), k from 2 to 2147483647");
    }
    expect(')');
    return new Aggregation(k);
  }

  private Rule user() {
    expect('(');
    expect('"');
    int start = index;
    int end = text.indexOf('"', start);
    if (end < 0) {
      throw error(start, "the quote is not closed", "user(\"name\")");
    }
    String name = text.substring(start, end);
    if (!Principal.isName(name)) {
      throw error(
          start,
          "this is no name of a principal",
          "1 to 64 letters, digits or . _ @ - between double quotes");
    }
    index = end + 1;
    expect(')');
    return new User(name);
  }

  private Rule atLeast(int depth) {
    expect('(');
    int start = index;
    int n = number();
    List<Rule> rules = rules(',', depth);
    if (n < 1 || n > rules.size()) {
      throw error(start, "n is out of range", "n from 1 to the number of rules, " + rules.size());
    }
    return new AtLeast(n, rules);
  }

  private List<Rule> rules(char opening, int depth) {
    expect(opening);
    List<Rule> rules = new ArrayList<>();
    rules.add(rule(depth + 1));
    while (index < text.length() && text.charAt(index) == ',') {
      index++;
      rules.add(rule(depth + 1));
    }
    if (index == text.length() || text.charAt(index) != ')') {
      throw unexpected("',' or ')'");
    }
    index++;
    return rules;
  }

  private String word() {
    int start = index;
    while (index < text.length() && isWordPart(text.charAt(index))) {
      index++;
    }
    return text.substring(start, index);
  }

  private int number() {
    int start = index;
    while (index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9') {
      index++;
    }
    if (start == index) {
      throw unexpected("a number");
    }
    try {
      int number = Integer.parseInt(text.substring(start, index));
      skipBlanks();
      return number;
    } catch (NumberFormatException e) {
      throw error(start, "the number is too large", "a number up to 2147483647");
    }
  }

  private void expect(char expected) {
    skipBlanks();
    if (index == text.length() || text.charAt(index) != expected) {
      throw unexpected("'" + expected + "'");
    }
    index++;
    if (expected != '"') {
      skipBlanks();
    }
  }

  private void skipBlanks() {
    while (index < text.length() && " \t\r\n".indexOf(text.charAt(index)) >= 0) {
      index++;
    }
  }

  private static boolean isWordPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private RuleSyntaxException unexpected(String valid) {
    String found =
        index == text.length()
            ? "the rule ends here"
            : "'" + text.charAt(index) + "' is not expected here";
    return error(index, found, valid);
  }

  private RuleSyntaxException error(int at, String problem, String valid) {
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
    return new RuleSyntaxException(
        at + 1, "rule '%s', position %d: %s".formatted(shown, at + 1, problem), valid);
  }
}
