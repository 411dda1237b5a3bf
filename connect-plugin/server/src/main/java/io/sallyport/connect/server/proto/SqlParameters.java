package io.sallyport.connect.server.proto;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.spark.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SqlCommand;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;
import org.sparkproject.connect.protobuf.Descriptors.Descriptor;
import org.sparkproject.connect.protobuf.Message;

/**
 * SQL text and the values of its parameters, {@code :name} or {@code ?}.
 *
 * <p>A parameter is its value, written in the text: what is judged, recorded and run is the text
 * with the values in it, so that a question with parameters is the same question as the one
 * without. Markers are found by Spark's own lexer, and a value is a literal of a simple type,
 * written so that it reads as nothing else ({@link SqlLiteral}).
 *
 * @param text the text with its markers
 * @param named values by name
 * @param positional values in the order of question marks
 */
record SqlParameters(
    String text, Map<String, Expression.Literal> named, List<Expression.Literal> positional) {

  /** Characters, beyond any limit that an operator sets. */
  private static final int LONGEST = 64 << 20;

  private static final int BACKQUOTED = SqlBaseLexer.BACKQUOTED_IDENTIFIER;

  SqlParameters {
    named = Map.copyOf(named);
    positional = List.copyOf(positional);
    if (!named.isEmpty() && !positional.isEmpty()) {
      throw invalid("The SQL text has values by name and by position", "values of one kind");
    }
  }

  /** The lines of a message with such a text: its four ways of saying values. */
  static <M extends Message> void admit(
      ProtoTable.Lines lines, Class<M> message, Function<M, SqlParameters> parameters) {
    lines
        .admit("args", "literals by name: written into the text")
        .admit("pos_args", "literals by position: written into the text")
        .admit("named_arguments", "literals by name: written into the text")
        .admit("pos_arguments", "literals by position: written into the text")
        .demand(message, (value, inspection) -> parameters.apply(value).judge(inspection));
  }

  /** The lines of the entries of such a message's maps. */
  static void entries(ProtoTable.Builder table, Descriptor message) {
    for (String entry : List.of("ArgsEntry", "NamedArgumentsEntry")) {
      table
          .in(message.findNestedTypeByName(entry))
          .admit("key", Checks.name(), "a parameter's name")
          .admit("value", "a literal");
    }
  }

  @SuppressWarnings("deprecation") // older clients send these fields
  static SqlParameters of(SQL sql) {
    return of(
        sql.getQuery(),
        sql.getArgsMap(),
        sql.getNamedArgumentsMap(),
        sql.getPosArgsList(),
        sql.getPosArgumentsList());
  }

  @SuppressWarnings("deprecation") // the fields that the stock JVM client sends
  static SqlParameters of(SqlCommand command) {
    return of(
        command.getSql(),
        command.getArgsMap(),
        command.getNamedArgumentsMap(),
        command.getPosArgsList(),
        command.getPosArgumentsList());
  }

  private static SqlParameters of(
      String text,
      Map<String, Expression.Literal> literals,
      Map<String, Expression> expressions,
      List<Expression.Literal> literalList,
      List<Expression> expressionList) {
    Map<String, Expression.Literal> named = new HashMap<>(literals);
    expressions.forEach((name, value) -> named.put(name, literal(value)));
    return new SqlParameters(
        text,
        named,
        Stream.concat(literalList.stream(), expressionList.stream().map(SqlParameters::literal))
            .toList());
  }

  private static Expression.Literal literal(Expression value) {
    if (!value.hasLiteral()) {
      throw invalid(
          "A parameter of the SQL text has a value that is no literal",
          "a number, boolean, string, date, timestamp, decimal or None");
    }
    return value.getLiteral();
  }

  private void judge(Inspection inspection) {
    if (named.isEmpty() && positional.isEmpty()) {
      if (!text.isEmpty()) {
        inspection.judgeQuery(text);
      }
      return;
    }
    String bound = new Binding(inspection.bounds().sqlBytes()).bound();
    inspection.useSql(bound);
    inspection.judgeQuery(bound);
  }

  /**
   * The text with the values in it.
   *
   * @throws RefusedException PARAM_INVALID when there are more or fewer values than question marks
   */
  String bound() {
    return named.isEmpty() && positional.isEmpty() ? text : new Binding(LONGEST).bound();
  }

  private static RefusedException invalid(String subject, String remedy) {
    return RefusedException.of(RefusalCode.PARAM_INVALID, subject, remedy);
  }

  /** One way through the text, marker by marker. */
  private final class Binding {

    private final int[] characters = text.codePoints().toArray();
    private final StringBuilder bound = new StringBuilder();
    private final int most;
    private int copied;
    private int marks;

    /** A long value may be named many times: what is too long is not even written. */
    Binding(int most) {
      this.most = most;
    }

    String bound() {
      List<? extends Token> tokens = tokens();
      for (int i = 0; i < tokens.size(); i++) {
        Token token = tokens.get(i);
        if (token.getType() == SqlBaseLexer.QUESTION && !positional.isEmpty()) {
          if (marks < positional.size()) {
            replace(token, token, positional.get(marks));
          }
          marks++;
        } else if (token.getType() == SqlBaseLexer.COLON && i + 1 < tokens.size()) {
          Token name = tokens.get(i + 1);
          Optional.ofNullable(named.get(name(name)))
              .ifPresent(value -> replace(token, name, value));
        }
      }
      if (marks != positional.size()) {
        throw invalid(
            "The SQL text has %d question marks and %d values".formatted(marks, positional.size()),
            "a value for each question mark");
      }
      copy(characters.length);
      return bound.toString();
    }

    private List<? extends Token> tokens() {
      SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(text)));
      lexer.removeErrorListeners(); // What is no token is no query either: the parser says so.
      return lexer.getAllTokens().stream()
          .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
          .toList();
    }

    private String name(Token token) {
      String written = text(token.getStartIndex(), token.getStopIndex() + 1);
      return token.getType() == BACKQUOTED
          ? written.substring(1, written.length() - 1).replace("``", "`")
          : written;
    }

    private void replace(Token first, Token last, Expression.Literal value) {
      copy(first.getStartIndex());
      // Blanks on both sides: two minus signs would begin a comment.
      bound.append(' ').append(SqlLiteral.of(value)).append(' ');
      if (bound.length() > most) {
        throw Refusals.limit("bytes of SQL text", most);
      }
      copied = last.getStopIndex() + 1;
    }

    private void copy(int end) {
      bound.append(text(copied, end));
      copied = end;
    }

    private String text(int start, int end) {
      return new String(characters, start, end - start);
    }
  }
}
