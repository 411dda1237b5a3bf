package io.sallyport.connect.client;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import io.sallyport.connect.client.Progress.Phase;
import io.sallyport.connect.client.local.LocalError;
import io.sallyport.connect.client.local.LocalJoins;
import io.sallyport.connect.client.local.LocalPlans;
import io.sallyport.connect.client.local.LocalSchema;
import io.sallyport.connect.protocol.Request;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * A plan over frames that owners govern: the lazy operators of Spark's Dataset, and no way to rows
 * but {@link #collect}. Immutable; safe for threads.
 *
 * <p>Every operator throws a {@link LocalError}, and sends nothing, when it names a column that
 * there is not or that there is twice, when a condition is not boolean, or when it calculates with
 * what is no number. What cannot be told here, the server decides when the plan is collected.
 */
public final class RemoteLazyFrame {

  private final RemoteSession session;
  private final Dataset<Row> dataset;
  private final LocalSchema local;

  RemoteLazyFrame(RemoteSession session, Dataset<Row> dataset, LocalSchema local) {
    this.session = requireNonNull(session, "session");
    this.dataset = requireNonNull(dataset, "dataset");
    this.local = requireNonNull(local, "local");
  }

  /** Projects. */
  public RemoteLazyFrame select(Column... columns) {
    Dataset<Row> next = dataset.select(columns);
    return with(next, LocalPlans.select(local, List.of(columns), planId(next)));
  }

  /** Projects columns by their names; {@code *} is all of them. */
  public RemoteLazyFrame select(String column, String... more) {
    return select(columns(column, more));
  }

  /** Projects SQL expressions. */
  public RemoteLazyFrame selectExpr(String... expressions) {
    return select(Arrays.stream(expressions).map(functions::expr).toArray(Column[]::new));
  }

  /** Keeps the rows for which the condition holds. */
  public RemoteLazyFrame filter(Column condition) {
    Dataset<Row> next = dataset.filter(condition);
    return with(next, LocalPlans.filter(local, condition, planId(next)));
  }

  /** Keeps the rows for which the condition, a SQL expression, holds. */
  public RemoteLazyFrame filter(String condition) {
    return filter(functions.expr(condition));
  }

  /** The same as {@link #filter(Column)}. */
  public RemoteLazyFrame where(Column condition) {
    return filter(condition);
  }

  /** The same as {@link #filter(String)}. */
  public RemoteLazyFrame where(String condition) {
    return filter(condition);
  }

  /** Adds a column, or replaces the one of this name. */
  public RemoteLazyFrame withColumn(String name, Column column) {
    return withColumns(Map.of(name, column));
  }

  /** Adds columns, or replaces those of these names. */
  public RemoteLazyFrame withColumns(Map<String, Column> columns) {
    Map<String, Column> added = new LinkedHashMap<>(columns);
    Dataset<Row> next = dataset.withColumns(added);
    return with(next, LocalPlans.withColumns(local, added, planId(next)));
  }

  /** Renames a column; a name that there is not is passed over, as Spark does. */
  public RemoteLazyFrame withColumnRenamed(String from, String to) {
    return withColumnsRenamed(Map.of(from, to));
  }

  /** Renames columns; names that there are not are passed over, as Spark does. */
  public RemoteLazyFrame withColumnsRenamed(Map<String, String> renames) {
    Dataset<Row> next = dataset.withColumnsRenamed(renames);
    return with(next, LocalPlans.withColumnsRenamed(local, renames, planId(next)));
  }

  /** Gives all columns new names. */
  public RemoteLazyFrame toDF(String... names) {
    Dataset<Row> next = dataset.toDF(names);
    return with(next, LocalPlans.toDf(local, List.of(names), planId(next)));
  }

  /** Leaves out columns; names that there are not are passed over, as Spark does. */
  public RemoteLazyFrame drop(String... names) {
    Dataset<Row> next = dataset.drop(names);
    return with(next, LocalPlans.drop(local, List.of(names), planId(next)));
  }

  /** Groups by these keys; none is one group of all rows. */
  public RemoteGroupedFrame groupBy(Column... keys) {
    LocalPlans.keys(local, List.of(keys));
    return new RemoteGroupedFrame(this, List.of(keys));
  }

  /** Groups by columns by their names. */
  public RemoteGroupedFrame groupBy(String key, String... more) {
    return groupBy(columns(key, more));
  }

  /** Measures all rows as one group. */
  public RemoteLazyFrame agg(Column measure, Column... more) {
    return groupBy().agg(measure, more);
  }

  /** Counts all rows, as one row with the column {@code count}. */
  public RemoteLazyFrame count() {
    return groupBy().count();
  }

  /** Joins on a condition; only matching rows are kept. */
  public RemoteLazyFrame join(RemoteLazyFrame right, Column condition) {
    return join(right, condition, "inner");
  }

  /**
   * Joins on a condition.
   *
   * @param type a join type as Spark names it, such as {@code left_outer}
   */
  public RemoteLazyFrame join(RemoteLazyFrame right, Column condition, String type) {
    requireSameSession(right);
    LocalJoins.requireType(type);
    Dataset<Row> next = dataset.join(right.dataset, condition, type);
    return with(next, LocalJoins.join(local, right.local, condition, type, planId(next)));
  }

  /** Joins on a column that both sides have; only matching rows are kept. */
  public RemoteLazyFrame join(RemoteLazyFrame right, String column) {
    return join(right, List.of(column), "inner");
  }

  /**
   * Joins on columns that both sides have.
   *
   * @param type a join type as Spark names it, such as {@code left_outer}
   */
  public RemoteLazyFrame join(RemoteLazyFrame right, List<String> columns, String type) {
    requireSameSession(right);
    LocalJoins.requireType(type);
    Dataset<Row> next = dataset.join(right.dataset, columns.toArray(new String[0]), type);
    return with(next, LocalJoins.joinUsing(local, right.local, columns, type, planId(next)));
  }

  /** Every row with every row. */
  public RemoteLazyFrame crossJoin(RemoteLazyFrame right) {
    requireSameSession(right);
    Dataset<Row> next = dataset.crossJoin(right.dataset);
    return with(next, LocalJoins.crossJoin(local, right.local, planId(next)));
  }

  /** The rows of both, columns by their position. */
  public RemoteLazyFrame union(RemoteLazyFrame right) {
    requireSameSession(right);
    Dataset<Row> next = dataset.union(right.dataset);
    return with(next, LocalJoins.union(local, right.local, planId(next)));
  }

  /** The rows of both, columns by their names. */
  public RemoteLazyFrame unionByName(RemoteLazyFrame right) {
    requireSameSession(right);
    Dataset<Row> next = dataset.unionByName(right.dataset);
    return with(next, LocalJoins.unionByName(local, right.local, planId(next)));
  }

  /** Keeps each row once. */
  public RemoteLazyFrame distinct() {
    Dataset<Row> next = dataset.distinct();
    return with(next, LocalPlans.dropDuplicates(local, List.of(), planId(next)));
  }

  /** Keeps one row for each combination of values in these columns. */
  public RemoteLazyFrame dropDuplicates(String... columns) {
    Dataset<Row> next = dataset.dropDuplicates(columns);
    return with(next, LocalPlans.dropDuplicates(local, List.of(columns), planId(next)));
  }

  /** Orders the rows. */
  public RemoteLazyFrame orderBy(Column... keys) {
    Dataset<Row> next = dataset.orderBy(keys);
    return with(next, LocalPlans.sort(local, List.of(keys), planId(next)));
  }

  /** Orders the rows by columns by their names. */
  public RemoteLazyFrame orderBy(String key, String... more) {
    return orderBy(columns(key, more));
  }

  /** The same as {@link #orderBy(Column...)}. */
  public RemoteLazyFrame sort(Column... keys) {
    return orderBy(keys);
  }

  /** The same as {@link #orderBy(String, String...)}. */
  public RemoteLazyFrame sort(String key, String... more) {
    return orderBy(key, more);
  }

  /** Keeps at most so many rows. */
  public RemoteLazyFrame limit(int rows) {
    Dataset<Row> next = dataset.limit(rows);
    return with(next, LocalPlans.rows(local, "limit", rows, planId(next)));
  }

  /** Passes over so many rows. */
  public RemoteLazyFrame offset(int rows) {
    Dataset<Row> next = dataset.offset(rows);
    return with(next, LocalPlans.rows(local, "offset", rows, planId(next)));
  }

  /** Gives the frame a name, by which its columns can be told from others'. */
  public RemoteLazyFrame as(String alias) {
    Dataset<Row> next = dataset.as(alias);
    return with(next, LocalPlans.alias(local, alias, planId(next)));
  }

  /** The same as {@link #as}. */
  public RemoteLazyFrame alias(String alias) {
    return as(alias);
  }

  /** A column of this very frame, also where another one's has the same name. */
  public Column col(String name) {
    Column column = dataset.col(name);
    LocalPlans.requireColumn(local, column);
    return column;
  }

  /**
   * The columns with their types, as the server sees them.
   *
   * @throws Refused when the plan is not admitted
   */
  public StructType schema() {
    return Calls.call(dataset::schema);
  }

  /** The names of {@link #schema}. */
  public List<String> columns() {
    return List.of(schema().fieldNames());
  }

  /** {@link #collect(Progress)} without progress. */
  public Artifact collect() {
    return collect(Progress.silent());
  }

  /**
   * Runs the plan on the owner's cluster and keeps the result there.
   *
   * @return a handle to the result, without rows
   * @throws Refused when the plan is not admitted
   */
  public Artifact collect(Progress progress) {
    try (Phases phases = new Phases(progress)) {
      phases.enter(Phase.SENT);
      Request request = new Request.Collect(relation(), "");
      phases.enter(Phase.RUNNING);
      Row answer = Answers.one(session.requests().ask(request));
      String id = Answers.text(answer, "artifact_id");
      ArtifactFacts facts = ArtifactFacts.collected(answer);
      phases.enter(Phase.STORED);
      phases.enter(Phase.DONE);
      return new Artifact(session, id, () -> facts);
    }
  }

  /**
   * What would become of the plan: release points, grounds, and what would pass. Runs nothing and
   * costs nothing.
   *
   * @throws Refused when the plan is not admitted
   */
  public PrivacyPlan explainPrivacy() {
    return PrivacyPlan.of(session.requests().ask(new Request.ExplainPrivacy(relation())));
  }

  RemoteLazyFrame aggregated(List<Column> keys, List<Column> measures) {
    Dataset<Row> next =
        dataset
            .groupBy(keys.toArray(new Column[0]))
            .agg(measures.get(0), measures.subList(1, measures.size()).toArray(new Column[0]));
    return with(next, LocalPlans.aggregate(local, keys, measures, planId(next)));
  }

  static long planId(Dataset<Row> dataset) {
    return root(dataset).getCommon().getPlanId();
  }

  private static Relation root(Dataset<Row> dataset) {
    return ((org.apache.spark.sql.connect.Dataset<Row>) dataset).plan().getRoot();
  }

  private ByteString relation() {
    return ByteString.copyFrom(root(dataset).toByteArray());
  }

  private RemoteLazyFrame with(Dataset<Row> next, LocalSchema schema) {
    return new RemoteLazyFrame(session, next, schema);
  }

  private void requireSameSession(RemoteLazyFrame other) {
    if (session != other.session) {
      throw LocalError.in("join", "The frames are of two sessions, and no server has both");
    }
  }

  private static Column[] columns(String first, String... more) {
    return Stream.concat(Stream.of(first), Arrays.stream(more))
        .map(functions::col)
        .toArray(Column[]::new);
  }
}
