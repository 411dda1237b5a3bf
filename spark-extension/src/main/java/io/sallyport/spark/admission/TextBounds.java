package io.sallyport.spark.admission;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * How large a text may be that Spark's parser is to read, in one pass of Spark's own lexer over it.
 * The parser's time and memory grow with how deep a text is nested and how long its runs are, not
 * with its bytes alone: 20 000 parentheses are 40 KB and fill a heap.
 */
final class TextBounds {

  /** Parentheses, brackets, CASE and type arguments inside each other. */
  static final int NESTING = 100;

  /** Tokens of one text. */
  static final int TOKENS = 16_000;

  /** Entries of one list. */
  static final int LIST = 1_024;

  /** Tokens at one level without a comma: what is chained by operators, joins or unions. */
  static final int RUN = 2_000;

  /** Operators next to each other, with nothing between them to operate on. */
  static final int SIGNS = 32;

  /** Columns of one CUBE, whose sets of columns Spark writes out while it parses. */
  static final int CUBE = 10;

  /** Columns of all sets that CUBE and ROLLUP stand for, in one text. */
  static final int SETS = 32_000;

  /** Comments inside each other. */
  private static final int COMMENTS = 8;

  private static final Set<Integer> OPENING =
      Set.of(SqlBaseLexer.LEFT_PAREN, SqlBaseLexer.LEFT_BRACKET, SqlBaseLexer.CASE);

  private static final Set<Integer> TYPES =
      Set.of(SqlBaseLexer.ARRAY, SqlBaseLexer.MAP, SqlBaseLexer.STRUCT);

  private static final Set<Integer> PREFIXES =
      Set.of(
          SqlBaseLexer.NOT,
          SqlBaseLexer.BANG,
          SqlBaseLexer.PLUS,
          SqlBaseLexer.MINUS,
          SqlBaseLexer.TILDE);

  /** One level of nesting: how it began, and what is in it so far. */
  private static final class Level {
    private final int opened;
    private final int after;
    private int entries = 1;
    private int columns = 1;
    private int run;

    /**
     * A level.
     *
     * @param opened how it began
     * @param after what stood before that
     */
    Level(int opened, int after) {
      this.opened = opened;
      this.after = after;
    }

    /** Columns of all sets that a CUBE or ROLLUP stands for, bounded by what is in it. */
    private int inSets() {
      return switch (after) {
        case SqlBaseLexer.CUBE -> columns << Math.min(entries, CUBE);
        case SqlBaseLexer.ROLLUP -> columns * (entries + 1);
        default -> 0;
      };
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();
  private int tokens;
  private int signs;
  private int sets;
  private int before = Token.EOF;

  private TextBounds() {
    levels.push(new Level(Token.EOF, Token.EOF));
  }

  /**
   * Requires that a text is bounded in everything that parsing it costs.
   *
   * @throws RefusedException LIMIT_EXCEEDED with the bound's name and value
   */
  static void require(String text) {
    requireFlatComments(text);
    Lexer lexer = BoundedParser.lexer(text);
    TextBounds bounds = new TextBounds();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        bounds.take(token.getType());
      }
    }
  }

  static RefusedException beyond(String what) {
    return RefusedException.of(RefusalCode.LIMIT_EXCEEDED, what, "a shorter or simpler query");
  }

  private void take(int type) {
    tokens = bounded(tokens + 1, TOKENS, "tokens", "sql-tokens");
    signs = PREFIXES.contains(type) ? signs + 1 : 0;
    bounded(signs, SIGNS, "operators next to each other", "sql-operators");
    if (type == SqlBaseLexer.COMMA) {
      comma(levels.element());
    } else if (OPENING.contains(type) || (type == SqlBaseLexer.LT && TYPES.contains(before))) {
      levels.element().run++;
      levels.push(new Level(type, before));
      bounded(levels.size() - 1, NESTING, "parentheses inside each other", "sql-nesting");
    } else if (!closes(type)) {
      Level level = levels.element();
      level.run = bounded(level.run + 1, RUN, "tokens without a comma", "sql-run");
    }
    before = type;
  }

  private static void comma(Level level) {
    level.run = 0;
    level.entries = bounded(level.entries + 1, LIST, "entries in one list", "sql-list");
    level.columns++;
    if (level.after == SqlBaseLexer.CUBE) {
      bounded(level.entries, CUBE, "columns in one CUBE", "sql-cube");
    }
  }

  /** CASE and type arguments that never end are closed by the parenthesis around them. */
  private boolean closes(int type) {
    boolean shift = type == SqlBaseLexer.SHIFT_RIGHT && innermost() == SqlBaseLexer.LT;
    if (shift) {
      levels.pop();
    }
    switch (type) {
      case SqlBaseLexer.RIGHT_PAREN -> closeTo(SqlBaseLexer.LEFT_PAREN);
      case SqlBaseLexer.RIGHT_BRACKET -> closeTo(SqlBaseLexer.LEFT_BRACKET);
      case SqlBaseLexer.END -> closeOnly(SqlBaseLexer.CASE);
      case SqlBaseLexer.GT, SqlBaseLexer.SHIFT_RIGHT -> closeOnly(SqlBaseLexer.LT);
      default -> {
        return false;
      }
    }
    return type == SqlBaseLexer.RIGHT_PAREN || type == SqlBaseLexer.RIGHT_BRACKET;
  }

  private int innermost() {
    return levels.element().opened;
  }

  private void closeOnly(int opened) {
    if (innermost() == opened) {
      levels.pop();
    }
  }

  private void closeTo(int opened) {
    boolean open = levels.stream().anyMatch(level -> level.opened == opened);
    // what was left open inside ends with it
    while (open) {
      Level closed = levels.pop();
      levels.element().columns += closed.columns - 1;
      sets =
          bounded(sets + closed.inSets(), SETS, "columns in sets of CUBE and ROLLUP", "sql-sets");
      open = closed.opened != opened;
    }
  }

  /** The lexer keeps a state for each comment inside a comment. */
  private static void requireFlatComments(String text) {
    int depth = 0;
    for (int at = text.indexOf('*'); at >= 0; at = text.indexOf('*', at + 1)) {
      if (at > 0 && text.charAt(at - 1) == '/') {
        depth = bounded(depth + 1, COMMENTS, "comments inside each other", "sql-comments");
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '/') {
        depth = Math.max(0, depth - 1);
      }
    }
  }

  private static int bounded(int value, int most, String what, String limit) {
    if (value > most) {
      throw beyond("the SQL text has more than %d %s (%s)".formatted(most, what, limit));
    }
    return value;
  }
}
