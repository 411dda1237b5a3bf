package io.sallyport.connect.client.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;
import org.apache.spark.sql.types.DataType;

/**
 * An expression written as text, read with Spark's own grammar.
 *
 * @param name the name that it gives its column; empty when Spark makes one up
 * @param type its type, when it is no more than a column
 * @param column the column that it is, when it is no more than that
 */
record SqlText(Optional<String> name, Optional<DataType> type, Optional<LocalColumn> column) {

  /**
   * Parses an expression and resolves the columns that it names.
   *
   * @throws LocalError when it is no expression, or names a column that there is not
   */
  static SqlText parse(Scope scope, String text) {
    SqlBaseParser.NamedExpressionContext named = parsed(scope, text);
    Optional<LocalColumn> column = resolve(scope, named.expression());
    Optional<String> alias =
        Optional.ofNullable(named.name).map(name -> identifier(name.getText()));
    return new SqlText(
        alias.or(() -> column.flatMap(LocalColumn::name)),
        column.flatMap(LocalColumn::type),
        alias.isPresent() ? Optional.empty() : column);
  }

  private static SqlBaseParser.NamedExpressionContext parsed(Scope scope, String text) {
    BaseErrorListener refuse =
        new BaseErrorListener() {
          @Override
          public void syntaxError(
              Recognizer<?, ?> recognizer,
              Object symbol,
              int line,
              int position,
              String message,
              RecognitionException e) {
            throw LocalError.in(
                scope.operator(), "'" + text + "' is no expression, from character " + position);
          }
        };
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(text)));
    lexer.removeErrorListeners();
    lexer.addErrorListener(refuse);
    SqlBaseParser parser = new SqlBaseParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.addErrorListener(refuse);
    return parser.singleExpression().namedExpression();
  }

  /** Resolves every name in the tree; the column itself when the tree is no more than a name. */
  private static Optional<LocalColumn> resolve(Scope scope, ParseTree tree) {
    if (tree instanceof SqlBaseParser.LambdaContext || tree instanceof SqlBaseParser.QueryContext) {
      return Optional.empty(); // has names of its own
    }
    Optional<List<String>> name = name(tree);
    if (name.isPresent()) {
      return scope.resolve(name.get());
    }
    Optional<LocalColumn> last = Optional.empty();
    for (int i = 0; i < tree.getChildCount(); i++) {
      last = resolve(scope, tree.getChild(i));
    }
    return tree.getChildCount() == 1 ? last : Optional.empty();
  }

  private static Optional<List<String>> name(ParseTree tree) {
    if (tree instanceof SqlBaseParser.ColumnReferenceContext reference) {
      return Optional.of(List.of(identifier(reference.identifier().getText())));
    }
    if (tree instanceof SqlBaseParser.DereferenceContext dereference) {
      return name(dereference.base)
          .map(
              outer -> {
                List<String> parts = new ArrayList<>(outer);
                parts.add(identifier(dereference.fieldName.getText()));
                return parts;
              });
    }
    return Optional.empty();
  }

  private static String identifier(String written) {
    boolean isQuoted = written.length() > 1 && written.startsWith("`") && written.endsWith("`");
    return isQuoted ? written.substring(1, written.length() - 1).replace("``", "`") : written;
  }
}
