package io.sallyport.spark.admission;

import org.apache.spark.sql.catalyst.parser.AbstractParser;
import org.apache.spark.sql.catalyst.parser.AbstractParser$;
import org.apache.spark.sql.catalyst.parser.ParseErrorListener$;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.apache.spark.sql.internal.SQLConf;
import scala.Function1;

/**
 * Spark's parser under confs of our own, whatever session there is, reading at most so many tokens
 * ahead. Its caches are managed, and emptied when they grow. Nothing substitutes variables.
 */
final class BoundedParser extends SparkSqlParser {

  private static final SQLConf CONF = conf();

  private static SQLConf conf() {
    SQLConf conf = new SQLConf();
    ParserConfs.values().forEach(conf::setConfString);
    return conf;
  }

  @Override
  public <T> T parse(String text, Function1<SqlBaseParser, T> read) {
    SqlBaseLexer lexer = lexer(text);
    lexer.addErrorListener(ParseErrorListener$.MODULE$);
    CountedTokens tokens = new CountedTokens(lexer);
    SqlBaseParser parser = new SqlBaseParser(tokens);
    AbstractParser.configureParser(parser, text, tokens, CONF);
    try {
      return AbstractParser.executeWithTwoStageStrategy(parser, tokens, read);
    } finally {
      AbstractParser$.MODULE$.maybeClearParserCaches(parser, CONF);
    }
  }

  /** Spark's lexer over a text, reading it only some times over. */
  static SqlBaseLexer lexer(String text) {
    SqlBaseLexer lexer = new SqlBaseLexer(new CountedChars(text));
    lexer.removeErrorListeners();
    return lexer;
  }
}
