package io.sallyport.connect.server.relation;

import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;

/**
 * A query over nothing, whose values stand in its text: what a command answers, because the client
 * asks for the answer in a call of its own.
 */
final class TextRelation {

  private TextRelation() {}

  static Relation of(String query) {
    return Relation.newBuilder().setSql(SQL.newBuilder().setQuery(query)).build();
  }
}
