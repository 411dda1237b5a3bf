package io.sallyport.connect.server.relation;

import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;

/**
 * A query over nothing, whose values stand in its text: what a command answers, because the client
 * asks for the answer in a call of its own.
 */
final class TextRelation {

  private static final String PLAIN = " ,.:;=()[]%<>_-/";

  private TextRelation() {}

  static Relation of(String query) {
    return Relation.newBuilder().setSql(SQL.newBuilder().setQuery(query)).build();
  }

  /** Every character but harmless ones by its code: people wrote some of them. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean plain =
          (unit >= 'a' && unit <= 'z')
              || (unit >= 'A' && unit <= 'Z')
              || (unit >= '0' && unit <= '9')
              || PLAIN.indexOf(unit) >= 0;
      literal.append(plain ? String.valueOf(unit) : "\\u%04x".formatted((int) unit));
    }
    return literal.append('\'').toString();
  }
}
