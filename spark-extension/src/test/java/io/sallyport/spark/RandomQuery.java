package io.sallyport.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random query over a frame with two blacklisted columns, and what is known about each of its
 * columns by the way it was made: independent of how the product finds lineage.
 *
 * @param sql the query, with {@code %s} in the place of each frame's name
 * @param columns in the order of the output; those named k0 to k2 name the row's origin
 * @param rowsDependOnSecrets whether a filter, a join or a key looks at a blacklisted column
 * @param peopleAreWiped whether rows of two people were matched by a blacklisted column, so that
 *     who the people are tells of its value
 * @param aggregated whether rows were put together
 */
record RandomQuery(
    String sql,
    List<Made> columns,
    boolean rowsDependOnSecrets,
    boolean peopleAreWiped,
    boolean aggregated) {

  /** What a lineage may overlook. */
  enum Step {
    ALIAS,
    RIGHT_SIDE,
    CONDITION,
    SECOND_BRANCH,
    CAST,
    MATCH
  }

  /**
   * A column.
   *
   * @param secrets for each way in which a blacklisted value came in, the steps that it took
   */
  record Made(String name, boolean text, boolean counts, List<List<Step>> secrets) {
    boolean isSecret() {
      return !secrets.isEmpty();
    }

    /** Whether a lineage that overlooks such steps would know it for a secret. */
    boolean isSecretWithout(Step overlooked) {
      return secrets.stream().anyMatch(steps -> !steps.contains(overlooked));
    }
  }

  private record Value(String sql, boolean text, List<List<Step>> secrets) {}

  private static Made matchedByASecret(Made column) {
    List<List<Step>> secrets = new ArrayList<>(column.secrets);
    secrets.add(List.of(Step.MATCH));
    return new Made(column.name, column.text, column.counts, secrets);
  }

  static RandomQuery of(long seed) {
    return new Maker(new Random(seed * 0x9E3779B97F4A7C15L)).query();
  }

  private static final class Maker {
    private final Random random;
    private boolean rowsDependOnSecrets;
    private boolean peopleAreWiped;
    private int names;

    Maker(Random random) {
      this.random = random;
    }

    private record Rows(String sql, List<Made> columns) {}

    RandomQuery query() {
      Rows rows = layer(source());
      if (random.nextInt(3) == 0) {
        rows = union(rows);
      }
      rows = layer(rows);
      if (random.nextInt(4) == 0) {
        Rows aggregate = aggregate(rows);
        return made(aggregate, true);
      }
      return made(rows, false);
    }

    private RandomQuery made(Rows rows, boolean aggregated) {
      return new RandomQuery(
          rows.sql, rows.columns, rowsDependOnSecrets, peopleAreWiped, aggregated);
    }

    private Rows frame() {
      List<Made> columns = new ArrayList<>();
      columns.add(new Made("small", false, false, List.of()));
      columns.add(new Made("text", true, false, List.of()));
      columns.add(new Made("code", false, false, List.of(List.of())));
      columns.add(new Made("word", true, false, List.of(List.of())));
      return new Rows(
          "SELECT id AS k0, CAST(NULL AS BIGINT) AS k1, 1 AS k2, small, text, code, word FROM %s",
          columns);
    }

    private Rows source() {
      return switch (random.nextInt(4)) {
        case 0 -> join(frame(), frame());
        case 1 -> publicJoin(frame());
        default -> frame();
      };
    }

    private Rows join(Rows left, Rows right) {
      List<Made> columns = new ArrayList<>();
      StringBuilder list = new StringBuilder("SELECT l.k0 AS k0, r.k0 AS k1, 1 AS k2");
      for (Made column : left.columns) {
        String name = name();
        list.append(", l.").append(column.name).append(" AS ").append(name);
        columns.add(renamed(column, name, null));
      }
      for (Made column : right.columns) {
        String name = name();
        list.append(", r.").append(column.name).append(" AS ").append(name);
        columns.add(renamed(column, name, Step.RIGHT_SIDE));
      }
      String on =
          switch (random.nextInt(3)) {
            case 0 -> "l.k0 = r.k0";
            case 1 -> "l.small = r.small";
            default -> {
              rowsDependOnSecrets = true;
              peopleAreWiped = true;
              // what a match brings along tells what it was matched by
              boolean both = random.nextBoolean();
              for (int i = 0; i < (both ? columns.size() : left.columns.size()); i++) {
                columns.set(i, matchedByASecret(columns.get(i)));
              }
              yield both ? "l.code = r.code" : "l.small %% 2 = r.code %% 2";
            }
          };
      String type = random.nextBoolean() ? "JOIN" : "LEFT JOIN";
      return new Rows(
          list + " FROM (" + left.sql + ") l " + type + " (" + right.sql + ") r ON " + on, columns);
    }

    private Rows publicJoin(Rows left) {
      List<Made> columns = new ArrayList<>(left.columns);
      String on = random.nextBoolean() ? "l.small = w.ward" : "l.code %% 10 = w.ward";
      boolean secret = on.contains("code");
      rowsDependOnSecrets |= secret;
      List<Step> match = List.of(Step.MATCH);
      columns.add(new Made("title", true, false, secret ? List.of(match) : List.of()));
      return new Rows(
          "SELECT l.*, w.title FROM (" + left.sql + ") l JOIN wards w ON " + on, columns);
    }

    private Rows union(Rows rows) {
      Rows other = layer(frame());
      int width = Math.min(rows.columns.size(), other.columns.size());
      List<Made> columns = new ArrayList<>();
      StringBuilder first = new StringBuilder("SELECT k0, k1, k2 * 2 AS k2");
      StringBuilder second = new StringBuilder("SELECT k0, k1, k2 * 2 + 1 AS k2");
      for (int i = 0; i < width; i++) {
        Made a = rows.columns.get(i);
        Made b = other.columns.get(i);
        String name = name();
        boolean cast = a.text != b.text;
        first.append(", ").append(text(a, cast)).append(" AS ").append(name);
        second.append(", ").append(text(b, cast)).append(" AS ").append(name);
        List<List<Step>> secrets = new ArrayList<>(with(a.secrets, null));
        secrets.addAll(with(b.secrets, Step.SECOND_BRANCH));
        columns.add(new Made(name, a.text || b.text, false, secrets));
      }
      return new Rows(
          first + " FROM (" + rows.sql + ") UNION ALL " + second + " FROM (" + other.sql + ")",
          columns);
    }

    private static String text(Made column, boolean cast) {
      return cast && !column.text ? "CAST(" + column.name + " AS STRING)" : column.name;
    }

    /** A projection of random expressions, and now and then a filter. */
    private Rows layer(Rows rows) {
      List<Made> columns = new ArrayList<>();
      StringBuilder list = new StringBuilder("SELECT k0, k1, k2");
      int width = 2 + random.nextInt(3);
      for (int i = 0; i < width; i++) {
        Value value = random.nextBoolean() ? number(rows, 2) : text(rows, 2);
        String name = name();
        list.append(", ").append(value.sql).append(" AS ").append(name);
        boolean plain = rows.columns.stream().anyMatch(c -> c.name.equals(value.sql));
        columns.add(
            new Made(name, value.text, false, with(value.secrets, plain ? Step.ALIAS : null)));
      }
      String where = "";
      if (random.nextInt(3) == 0) {
        Value condition = condition(rows, 1);
        rowsDependOnSecrets |= !condition.secrets.isEmpty();
        where = " WHERE " + condition.sql;
      }
      return new Rows(list + " FROM (" + rows.sql + ")" + where, columns);
    }

    private Rows aggregate(Rows rows) {
      // a bare number would be the place of a column
      Value zero = new Value("0", false, List.of());
      Value key =
          random.nextBoolean() ? binary(number(rows, 1), " + ", zero, false) : text(rows, 1);
      rowsDependOnSecrets |= !key.secrets.isEmpty();
      Value argument = number(rows, 1);
      String function = List.of("sum", "max", "min", "avg").get(random.nextInt(4));
      Value counted = number(rows, 1);
      Value condition = condition(rows, 1);
      List<Made> columns = new ArrayList<>();
      columns.add(new Made("a0", key.text, false, key.secrets));
      columns.add(new Made("a1", false, false, argument.secrets));
      columns.add(new Made("a2", false, !counted.secrets.isEmpty(), List.of()));
      columns.add(new Made("a3", false, !condition.secrets.isEmpty(), List.of()));
      String sql =
          "SELECT %2$s AS a0, %1$s(%3$s) AS a1, count(%4$s) AS a2, count_if(%5$s) AS a3"
              .replace("%1$s", function)
              .replace("%2$s", key.sql)
              .replace("%3$s", argument.sql)
              .replace("%4$s", counted.sql)
              .replace("%5$s", condition.sql);
      return new Rows(sql + " FROM (" + rows.sql + ") GROUP BY " + key.sql, columns);
    }

    private Value number(Rows rows, int depth) {
      return switch (depth == 0 ? random.nextInt(4) : random.nextInt(10)) {
        case 0 -> new Value("" + random.nextInt(9), false, List.of());
        case 1, 2, 3 -> column(rows, false);
        case 4 -> binary(number(rows, depth - 1), " + ", number(rows, depth - 1), false);
        case 5 -> binary(number(rows, depth - 1), " * ", number(rows, depth - 1), false);
        case 6 -> chosen(rows, depth, false);
        case 7 -> wrapped("length(", text(rows, depth - 1), ")", false, null);
        case 8 -> wrapped("abs(", number(rows, depth - 1), ")", false, null);
        default -> wrapped("CAST(", condition(rows, depth - 1), " AS INT)", false, Step.CAST);
      };
    }

    private Value text(Rows rows, int depth) {
      return switch (depth == 0 ? random.nextInt(4) : random.nextInt(10)) {
        case 0 -> new Value("'x'", true, List.of());
        case 1, 2, 3 -> column(rows, true);
        case 4 -> wrapped("upper(", text(rows, depth - 1), ")", true, null);
        case 5 -> wrapped("substring(", text(rows, depth - 1), ", 1, 4)", true, null);
        case 6, 7 -> chosen(rows, depth, true);
        case 8 -> wrapped("trim(", text(rows, depth - 1), ")", true, null);
        default -> wrapped("CAST(", number(rows, depth - 1), " AS STRING)", true, Step.CAST);
      };
    }

    private Value condition(Rows rows, int depth) {
      int inner = Math.max(0, depth - 1);
      return switch (random.nextInt(4)) {
        case 0 -> wrapped("NOT (", binary(text(rows, inner), " = ", text(rows, inner), false), ")");
        case 1 -> wrapped("startswith(", text(rows, inner), ", 'C')");
        case 2 -> wrapped("(", number(rows, inner), ") %% 2 = 0");
        default -> binary(number(rows, inner), " > ", number(rows, inner), false);
      };
    }

    private Value chosen(Rows rows, int depth, boolean text) {
      Value condition = condition(rows, depth - 1);
      Value then = text ? text(rows, depth - 1) : number(rows, depth - 1);
      Value otherwise = text ? text(rows, depth - 1) : number(rows, depth - 1);
      List<List<Step>> secrets = new ArrayList<>(with(condition.secrets, Step.CONDITION));
      secrets.addAll(then.secrets);
      secrets.addAll(otherwise.secrets);
      String sql =
          switch (random.nextInt(2)) {
            case 0 -> "IF(" + condition.sql + ", " + then.sql + ", " + otherwise.sql + ")";
            default ->
                "CASE WHEN "
                    + condition.sql
                    + " THEN "
                    + then.sql
                    + " ELSE "
                    + otherwise.sql
                    + " END";
          };
      return new Value(sql, text, secrets);
    }

    private Value column(Rows rows, boolean text) {
      List<Made> fit = rows.columns.stream().filter(c -> c.text == text).toList();
      if (fit.isEmpty()) {
        return new Value(text ? "'y'" : "7", text, List.of());
      }
      Made column = fit.get(random.nextInt(fit.size()));
      return new Value(column.name, text, column.secrets);
    }

    private static Value binary(Value left, String operator, Value right, boolean text) {
      List<List<Step>> secrets = new ArrayList<>(left.secrets);
      secrets.addAll(right.secrets);
      return new Value("(" + left.sql + operator + right.sql + ")", text, secrets);
    }

    private static Value wrapped(String before, Value value, String after) {
      return wrapped(before, value, after, false, null);
    }

    private static Value wrapped(
        String before, Value value, String after, boolean text, Step step) {
      return new Value(before + value.sql + after, text, with(value.secrets, step));
    }

    private static Made renamed(Made column, String name, Step step) {
      return new Made(name, column.text, false, with(column.secrets, step));
    }

    private static List<List<Step>> with(List<List<Step>> secrets, Step step) {
      if (step == null) {
        return secrets;
      }
      return secrets.stream()
          .map(
              steps -> {
                List<Step> more = new ArrayList<>(steps);
                more.add(step);
                return more;
              })
          .toList();
    }

    private String name() {
      return "c" + names++;
    }
  }
}
