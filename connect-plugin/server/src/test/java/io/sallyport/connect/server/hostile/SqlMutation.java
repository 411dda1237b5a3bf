package io.sallyport.connect.server.hostile;

import io.sallyport.spark.admission.FunctionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes SQL texts word by word: words of other texts, of the language, names of frames, columns
 * and functions; parts doubled, lost, put into parentheses, made a query of a query.
 */
final class SqlMutation {

  private static final Pattern WORD =
      Pattern.compile("`[^`]*`|'[^']*'|[A-Za-z_][A-Za-z0-9_.]*|[0-9.]+|\\S");

  private static final List<String> LANGUAGE =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP",
          "BY",
          "HAVING",
          "ORDER",
          "LIMIT",
          "UNION",
          "ALL",
          "JOIN",
          "LEFT",
          "ON",
          "USING",
          "WITH",
          "AS",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "NOT",
          "IN",
          "EXISTS",
          "LIKE",
          "OVER",
          "PARTITION",
          "ROWS",
          "CUBE",
          "ROLLUP",
          "GROUPING",
          "SETS",
          "PIVOT",
          "LATERAL",
          "VIEW",
          "explode",
          "DISTINCT",
          "NULL",
          "(",
          ")",
          ",",
          "*",
          "=",
          "<",
          "+",
          "-",
          "/",
          "||",
          "::",
          "people",
          "visits",
          "titanic",
          "studied",
          "asked",
          "strict",
          "sallyport.frames",
          "hidden",
          "id",
          "name",
          "city",
          "age",
          "income",
          "person",
          "day",
          "cost",
          "Pclass",
          "Age",
          "Name",
          "count(*)",
          "sum(income)",
          "avg(cost)",
          "max(name)",
          "(SELECT count(*) FROM visits)",
          "range(10)",
          "0",
          "1e308",
          "9223372036854775807",
          "'a%'",
          "DATE '2020-01-01'",
          "INTERVAL '1' DAY",
          "EXPLAIN PRIVACY",
          "/*",
          "*/",
          "--",
          ";");

  private final List<List<String>> texts;
  private final List<String> functions;
  private final Random random;

  SqlMutation(List<String> texts, Random random) {
    this.texts = texts.stream().map(SqlMutation::words).filter(words -> !words.isEmpty()).toList();
    this.functions = FunctionTable.admitted().stream().sorted().toList();
    this.random = random;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }

  String of(String text) {
    List<String> words = new ArrayList<>(words(text));
    for (int i = random.nextInt(3); i >= 0; i--) {
      change(words);
    }
    return String.join(" ", words);
  }

  /** A word that means something somewhere. */
  String word() {
    return switch (random.nextInt(3)) {
      case 0 -> functions.get(random.nextInt(functions.size()));
      case 1 -> {
        List<String> other = other();
        yield other.get(random.nextInt(other.size()));
      }
      default -> LANGUAGE.get(random.nextInt(LANGUAGE.size()));
    };
  }

  private List<String> other() {
    return texts.get(random.nextInt(texts.size()));
  }

  private void change(List<String> words) {
    int at = random.nextInt(words.size() + 1);
    int until = Math.min(words.size(), at + 1 + random.nextInt(6));
    switch (random.nextInt(9)) {
      case 0 -> words.subList(at, until).clear();
      case 1 -> words.addAll(at, List.copyOf(words.subList(at, until)));
      case 2 -> words.add(at, word());
      case 3 -> {
        words.add(until, ")");
        words.addAll(at, List.of(functions.get(random.nextInt(functions.size())), "("));
      }
      case 4 -> {
        words.addAll(0, List.of("SELECT", "*", "FROM", "("));
        words.addAll(List.of(")", "AS", "t", "WHERE", word(), "=", word()));
      }
      case 5 -> {
        List<String> other = other();
        int from = random.nextInt(other.size());
        words.addAll(at, other.subList(from, Math.min(other.size(), from + 8)));
      }
      default -> {
        if (at < words.size()) {
          words.set(at, word());
        }
      }
    }
  }
}
