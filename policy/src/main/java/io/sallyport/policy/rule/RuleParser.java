package io.sallyport.policy.rule;

import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.rule.Rule.All;
import io.sallyport.policy.rule.Rule.Always;
import io.sallyport.policy.rule.Rule.Any;
import io.sallyport.policy.rule.Rule.AtLeast;
import io.sallyport.policy.rule.Rule.Group;
import io.sallyport.policy.rule.Rule.Never;
import io.sallyport.policy.rule.Rule.User;
import java.util.List;

/**
 * Reads a rule as an owner writes it.
 *
 * <pre>
 *   rule      = "true" | "false"
 *             | "aggregation(" number { "," option } ")" | ( "user(" | "group(" ) '"' name '"' ")"
 *             | "all(" rules ")" | "any(" rules ")" | "at-least(" number "," rules ")"
 *             | "dp(" cap { "," cap } ")"
 *   rules     = rule { "," rule }
 *   cap       = ( "epsilon" | "delta" | "groups" | "rows" ) "=" decimal
 *   option    = "functions" "=" "[" function { "," function } "]"
 *             | "dominance" "=" ( dominance | "[" dominance { "," dominance } "]" )
 *             | "dof" "=" number
 *   dominance = "p(" number ")" | "nk(" number "," number ")"
 * </pre>
 *
 * Blanks may stand between words; each option may be given once.
 */
public final class RuleParser {
  /** How deep rules may be nested. */
  public static final int MAX_DEPTH = 32;

  /** How many characters a rule may have. */
  public static final int MAX_LENGTH = 10_000;

  private static final String VALID_RULES =
      "aggregation(k), dp(epsilon = e, ...), user(\"name\"), group(\"name\"), all(rule, ...), any(rule, ...), at-least(n, rule, ...), true"
          + " or false";

  private final Cursor cursor;

  private RuleParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /**
   * The rule that the text says.
   *
   * @throws RuleSyntaxException when it says none, with the position and what is valid there
   */
  public static Rule parse(String text) {
    Cursor cursor = new Cursor(text);
    if (text.length() > MAX_LENGTH) {
      throw cursor.error(MAX_LENGTH, "is too long", "at most " + MAX_LENGTH + " characters");
    }
    Rule rule = new RuleParser(cursor).rule(1);
    if (!cursor.isAtEnd()) {
      throw cursor.unexpected("the end of the rule");
    }
    return rule;
  }

  private Rule rule(int depth) {
    cursor.skipBlanks();
    int start = cursor.index();
    if (depth > MAX_DEPTH) {
      throw cursor.error(
          start, "is nested too deep", "at most " + MAX_DEPTH + " rules inside each other");
    }
    String word = cursor.word();
    Rule rule =
        switch (word) {
          case "true" -> new Always();
          case "false" -> new Never();
          case "aggregation" -> aggregation();
          case "user" -> new User(name("user", "principal"));
          case "group" -> new Group(name("group", "group"));
          case "all" -> new All(rules('(', depth));
          case "any" -> new Any(rules('(', depth));
          case "at-least" -> atLeast(depth);
          case "dp" -> dp();
          case "" -> throw cursor.unexpected(VALID_RULES);
          default -> throw cursor.error(start, "there is no rule '" + word + "'", VALID_RULES);
        };
    cursor.skipBlanks();
    return rule;
  }

  private Rule aggregation() {
    cursor.expect('(');
    return AggregationOptions.parse(cursor);
  }

  private Rule dp() {
    cursor.expect('(');
    return DpOptions.parse(cursor);
  }

  private String name(String rule, String what) {
    cursor.expect('(');
    int start = cursor.index() + 1;
    String name = cursor.quoted(rule + "(\"name\")");
    if (!Principal.isName(name)) {
      throw cursor.error(
          start,
          "this is no name of a " + what,
          "1 to 64 letters, digits or . _ @ - between double quotes");
    }
    cursor.expect(')');
    return name;
  }

  private Rule atLeast(int depth) {
    cursor.expect('(');
    int start = cursor.index();
    int n = cursor.number();
    List<Rule> rules = rules(',', depth);
    if (n < 1 || n > rules.size()) {
      throw cursor.error(
          start, "n is out of range", "n from 1 to the number of rules, " + rules.size());
    }
    return new AtLeast(n, rules);
  }

  private List<Rule> rules(char opening, int depth) {
    cursor.expect(opening);
    return cursor.list(')', () -> rule(depth + 1));
  }
}
