package io.sallyport.connect.client;

import static java.util.Objects.requireNonNull;

import io.sallyport.connect.client.local.LocalSchema;
import io.sallyport.connect.protocol.Bounds;
import io.sallyport.connect.protocol.Request;
import io.sallyport.connect.protocol.SizeClass;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connect.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.runtime.BoxedUnit;

/** A connection to a server, as one principal. Safe for threads. */
public final class RemoteSession implements AutoCloseable {

  private static final String RESULTS = "results";

  private final SparkSession spark;
  private final Requests requests;
  private final Patience patience;

  RemoteSession(SparkSession spark, Requests requests, Patience patience) {
    this.spark = requireNonNull(spark, "spark");
    this.requests = requireNonNull(requests, "requests");
    this.patience = requireNonNull(patience, "patience");
  }

  /**
   * A frame by its name; its schema is fetched now, and once.
   *
   * @throws Refused when there is none, or it is not for this principal
   */
  public RemoteLazyFrame frame(String name) {
    return fetched(Calls.call(() -> spark.table(name)), Names.parts(name));
  }

  /** An artifact that was saved under this name, to compute on further. */
  public RemoteLazyFrame saved(String name) {
    return frame(tableOf(name));
  }

  /**
   * A query as text. Its schema is fetched now; nothing runs.
   *
   * @throws Refused when the query is not admitted
   */
  public RemoteLazyFrame sql(String query) {
    Dataset<Row> dataset =
        spark.newDataFrame(
            relation -> {
              relation.getSqlBuilder().setQuery(query);
              return BoxedUnit.UNIT;
            });
    return fetched(dataset, List.of());
  }

  /** A frame of the analyst's own rows, to be joined with others; sent with every plan. */
  public RemoteLazyFrame createFrame(List<Row> rows, StructType schema) {
    Dataset<Row> dataset = Calls.call(() -> spark.createDataFrame(rows, schema));
    return new RemoteLazyFrame(
        this, dataset, LocalSchema.of(schema, List.of(), RemoteLazyFrame.planId(dataset)));
  }

  /** What there is to compute on: the owners' frames, and the artifacts that were saved. */
  public List<ListedFrame> frames() {
    return requests.ask(new Request.ListFrames()).stream().map(ListedFrame::of).toList();
  }

  /**
   * A handle to an artifact that exists. Nothing is asked before the handle is.
   *
   * @throws IllegalArgumentException when this can be no artifact's id
   */
  public Artifact artifact(String id) {
    if (!Bounds.isArtifactId(id)) {
      throw new IllegalArgumentException("An artifact's id must be 32 hexadecimal digits");
    }
    return new Artifact(this, id, Once.of(() -> explained(id)));
  }

  /** A handle to a request for approval that this principal filed. */
  public ApprovalHandle request(String requestId) {
    if (!Bounds.isRequestId(requestId)) {
      throw new IllegalArgumentException("A request's id must be r- and 16 letters or digits");
    }
    return new ApprovalHandle(requests, patience, requestId);
  }

  /** Ends the session, here and on the server. */
  @Override
  public void close() {
    spark.close();
  }

  static String tableOf(String result) {
    return RESULTS + ".`" + result.replace("`", "``") + "`";
  }

  Requests requests() {
    return requests;
  }

  private ArtifactFacts explained(String id) {
    RemoteLazyFrame frame = frame(tableOf(id));
    PrivacyPlan plan = frame.explainPrivacy();
    return new ArtifactFacts(frame.schema(), plan.verdict(), plan.grounds(), SizeClass.UNKNOWN);
  }

  private RemoteLazyFrame fetched(Dataset<Row> dataset, List<String> qualifier) {
    StructType schema = Calls.call(dataset::schema);
    return new RemoteLazyFrame(
        this, dataset, LocalSchema.of(schema, qualifier, RemoteLazyFrame.planId(dataset)));
  }
}
