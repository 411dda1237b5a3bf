package io.sallyport.connect.client;

import io.sallyport.connect.protocol.FrameKind;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Something that can be computed on.
 *
 * @param name its name
 * @param kind a frame that an owner governs, or a saved artifact
 * @param artifactId names the artifact, when it is one
 * @param schema its columns, when they are told
 * @param terms its policy in words, when they are told
 */
public record ListedFrame(
    String name,
    FrameKind kind,
    Optional<String> artifactId,
    Optional<StructType> schema,
    Optional<String> terms) {

  static ListedFrame of(Row row) {
    return new ListedFrame(
        Answers.text(row, "name"),
        Answers.name(row, "kind", FrameKind.class),
        Answers.said(row, "artifact_id"),
        Answers.said(row, "schema").map(Answers::schema),
        Answers.said(row, "terms"));
  }
}
