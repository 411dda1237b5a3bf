package io.sallyport.connect.protocol;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * The columns of each answer, in their order. Types are written as in Spark's DDL. A column of type
 * STRING may be null where there is nothing to say; the client takes null and the empty text alike.
 */
public final class AnswerSchemas {

  /** The type of the column {@code grounds} of {@link #COLLECT}. */
  public static final String GROUNDS =
      "ARRAY<STRUCT<frame: STRING, code: STRING, subject: STRING, policy: STRING, remedy: STRING>>";

  /**
   * One row: an artifact. {@code schema} is Spark's JSON of the artifact's schema, {@code verdict}
   * the name of an {@link AnsweredVerdict}, {@code size_class} that of a {@link SizeClass}.
   */
  public static final List<Column> COLLECT =
      List.of(
          new Column("artifact_id", "STRING"),
          new Column("schema", "STRING"),
          new Column("verdict", "STRING"),
          new Column("grounds", GROUNDS),
          new Column("size_class", "STRING"));

  /** Any number of rows: in the order of {@code chunk}, from 0, they are one Arrow IPC stream. */
  public static final List<Column> FETCH_ARROW =
      List.of(new Column("chunk", "INT"), new Column("ipc", "BINARY"));

  /** A row for each ground, release point and obligation; parts that say nothing are null. */
  public static final List<Column> EXPLAIN_PRIVACY =
      List.of(
          new Column("frame", "STRING"),
          new Column("verdict", "STRING"),
          new Column("ground_code", "STRING"),
          new Column("subject", "STRING"),
          new Column("policy", "STRING"),
          new Column("remedy", "STRING"),
          new Column("release_point", "STRING"),
          new Column("obligation", "STRING"));

  /** One row: what became of an artifact, {@code SAVED} or {@code DELETED}. */
  public static final List<Column> ARTIFACT_STATE =
      List.of(new Column("artifact_id", "STRING"), new Column("state", "STRING"));

  /** A row for each frame and saved artifact; {@code kind} is the name of a {@link FrameKind}. */
  public static final List<Column> LIST_FRAMES =
      List.of(
          new Column("name", "STRING"),
          new Column("kind", "STRING"),
          new Column("artifact_id", "STRING"),
          new Column("schema", "STRING"),
          new Column("terms", "STRING"));

  /** One row: a request for approval; {@code state} is the name of an {@link ApprovalState}. */
  public static final List<Column> REQUEST =
      List.of(
          new Column("request_id", "STRING"),
          new Column("state", "STRING"),
          new Column("reason", "STRING"),
          new Column("filed_at", "TIMESTAMP"),
          new Column("expires_at", "TIMESTAMP"));

  private AnswerSchemas() {}

  /** The columns as Spark's DDL. */
  public static String ddl(List<Column> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(joining(", "));
  }

  /**
   * One column of an answer.
   *
   * @param name its name
   * @param type its type, as in Spark's DDL
   */
  public record Column(String name, String type) {}
}
