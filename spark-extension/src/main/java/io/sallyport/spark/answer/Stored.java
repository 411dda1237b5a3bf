package io.sallyport.spark.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.decision.Ground;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.artifact.CorruptArtifactException;
import io.sallyport.spark.artifact.RowSink;
import io.sallyport.spark.artifact.StoredBytes;
import io.sallyport.spark.release.Result;
import io.sallyport.spark.rows.KeptRows;
import io.sallyport.spark.rows.RowKeeper;
import io.sallyport.spark.scala.Scala;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Results on their way into the store and out of it. */
final class Stored {

  private static final Logger LOG = LoggerFactory.getLogger(Stored.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TOO_LARGE = "too_large";

  /** How long a result lives that nobody saves, asks for or approves. */
  static final Duration UNSAVED = Duration.ofDays(30);

  private final DurableState durable;

  Stored(DurableState durable) {
    this.durable = durable;
  }

  /**
   * Writes a result's bytes; its row in the catalogue is the caller's affair. A result with more
   * rows than the operator allows is kept without them, and marked for whoever is to decide on it.
   */
  Artifact write(Inquiry inquiry, ArtifactKind kind, Result result, List<Ground> grounds) {
    return write(inquiry, inquiry.key(), kind, result, grounds);
  }

  /** The same for a part of a question, which has a key of its own. */
  Artifact write(
      Inquiry inquiry, QuestionKey key, ArtifactKind kind, Result result, List<Ground> grounds) {
    String id = Artifact.newId();
    ArtifactContent content =
        new ArtifactContent(
            result.schema(),
            result.rows().orElse(List.of()),
            result.rows().isPresent() ? result.evidence() : tooLarge(result.evidence()));
    StoredBytes bytes = atFiles(() -> durable.files().write(id, content));
    return artifact(
        inquiry,
        key,
        id,
        kind,
        result.schema(),
        grounds,
        Optional.of(bytes.resultHash()),
        bytes.size(),
        content.rows().size());
  }

  /** A plan whose result is not kept. */
  Artifact plan(Inquiry inquiry, List<Ground> grounds) {
    String id = Artifact.newId();
    StructType schema = Result.schemaOf(inquiry.plan());
    return artifact(
        inquiry, inquiry.key(), id, ArtifactKind.PLAN, schema, grounds, Optional.empty(), 0L, 0L);
  }

  private Artifact artifact(
      Inquiry inquiry,
      QuestionKey key,
      String id,
      ArtifactKind kind,
      StructType schema,
      List<Ground> grounds,
      Optional<String> hash,
      long bytes,
      long rows) {
    Instant now = durable.clock().instant();
    return new Artifact(
        id,
        key,
        kind,
        inquiry.asked().stored().apply(id),
        schema.json(),
        inquiry.sourceList(),
        grounds.stream().map(Ground::subject).distinct().toList(),
        hash,
        bytes,
        rows,
        Optional.empty(),
        inquiry.sources().stream()
            .allMatch(
                name -> inquiry.port().policies().frame(name).map(Frame::savable).orElse(true)),
        now,
        now.plus(UNSAVED));
  }

  /**
   * The content of an artifact, verified.
   *
   * @throws RefusedException APPROVAL_MISMATCH when the bytes are not those that were stored
   */
  ArtifactContent read(String id, String resultHash) {
    return atFiles(() -> durable.files().read(id, resultHash));
  }

  /** The same for an answer to a question, which may have more rows than fit the heap. */
  ArtifactContent read(Inquiry inquiry, String id, String resultHash) {
    return atFiles(
        () ->
            durable
                .files()
                .read(
                    id,
                    resultHash,
                    schema -> new Kept(inquiry.port().release().keeper(schema.length()))));
  }

  private record Kept(RowKeeper keeper) implements RowSink {
    @Override
    public void add(UnsafeRow row) {
      keeper.add(row);
    }

    @Override
    public List<UnsafeRow> rows() {
      return keeper.rows();
    }
  }

  /** Takes the bytes away; what cannot be deleted now, the sweeper deletes later. */
  void delete(String id) {
    try {
      durable.files().delete(id);
    } catch (StoreUnavailableException e) {
      LOG.warn("The bytes of {} could not be deleted yet", id);
    }
  }

  /** The content under the columns of a plan that asks for it. */
  static LogicalPlan relation(LogicalPlan asked, ArtifactContent content) {
    List<Attribute> columns = new ArrayList<>();
    for (Attribute column : Scala.<Attribute>list(asked.output())) {
      columns.add(column.withNullability(true));
    }
    if (!sameTypes(columns, content.schema())) {
      throw mismatch();
    }
    return KeptRows.relation(columns, content.rows());
  }

  /** The content as a relation of its own. */
  static LogicalPlan relation(ArtifactContent content) {
    List<Attribute> columns = Scala.list(DataTypeUtils.toAttributes(content.schema()));
    return KeptRows.relation(columns, content.rows());
  }

  static boolean isTooLarge(ArtifactContent content) {
    try {
      return MAPPER.readTree(content.evidenceJson()).path(TOO_LARGE).asBoolean(false);
    } catch (JsonProcessingException e) {
      return true;
    }
  }

  private static String tooLarge(String evidence) {
    try {
      ObjectNode node = (ObjectNode) MAPPER.readTree(evidence);
      return node.put(TOO_LARGE, true).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Evidence is made as JSON", e);
    }
  }

  private static boolean sameTypes(List<Attribute> columns, StructType schema) {
    if (columns.size() != schema.length()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!columns
          .get(i)
          .dataType()
          .catalogString()
          .equals(schema.fields()[i].dataType().catalogString())) {
        return false;
      }
    }
    return true;
  }

  private static RefusedException mismatch() {
    return RefusedException.of(
        RefusalCode.APPROVAL_MISMATCH,
        "the stored result is not the one that was judged, so it is not served",
        "a new collect(), and the operator's attention");
  }

  private static <T> T atFiles(Supplier<T> access) {
    try {
      return access.get();
    } catch (CorruptArtifactException e) {
      LOG.error("A stored result is corrupt: {}", e.getMessage());
      throw mismatch();
    } catch (StoreUnavailableException e) {
      LOG.error("The artifacts' directory does not answer: {}", e.getMessage());
      throw Refusals.storeUnavailable(e);
    }
  }
}
