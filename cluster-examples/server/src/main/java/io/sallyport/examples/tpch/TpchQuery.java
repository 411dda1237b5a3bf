package io.sallyport.examples.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A query of TPC-H: as the specification has it, with its validation parameters, and as an analyst
 * asks it here. Both are resources, {@code original/} and {@code asked/}; the second says on top
 * what was changed and what the analyst wishes, and has no text where nothing was changed.
 *
 * @param number 1 to 22
 * @param title what it is about
 * @param changed what is different in the asked form
 * @param keys how many columns say which group a row is of; they come first
 * @param groups in how many groups a customer is to count; 0 where no customer is asked about
 * @param rows how many rows of a customer are to count in a group; likewise
 * @param original as the specification has it
 * @param asked as an analyst asks it
 */
public record TpchQuery(
    int number,
    String title,
    String changed,
    int keys,
    int groups,
    int rows,
    String original,
    String asked) {

  private static final int QUERIES = 22;
  private static final String HEADER = "-- ";

  /** All of them, in order. */
  public static List<TpchQuery> all() {
    return IntStream.rangeClosed(1, QUERIES).mapToObj(TpchQuery::read).toList();
  }

  private static TpchQuery read(int number) {
    String file = "q%02d.sql".formatted(number);
    Map<String, String> header = new HashMap<>();
    StringBuilder sql = new StringBuilder();
    for (String line : text("asked/" + file).lines().toList()) {
      if (line.startsWith(HEADER)) {
        String[] pair = line.substring(HEADER.length()).split(": ", 2);
        header.put(pair[0], pair[1]);
      } else {
        sql.append(line).append('\n');
      }
    }
    String original = text("original/" + file).strip();
    String asked = sql.toString().strip();
    return new TpchQuery(
        number,
        header.get("title"),
        header.get("changed"),
        number(header, "keys"),
        number(header, "groups"),
        number(header, "rows"),
        original,
        asked.isEmpty() ? original : asked);
  }

  private static int number(Map<String, String> header, String key) {
    return Integer.parseInt(header.getOrDefault(key, "0"));
  }

  private static String text(String resource) {
    try (InputStream in = TpchQuery.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("No resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is about customers. */
  public boolean isGoverned() {
    return groups > 0;
  }

  @Override
  public String toString() {
    return number + " " + title;
  }
}
