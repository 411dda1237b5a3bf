package io.sallyport.spark.release;

import io.sallyport.spark.rows.LinearLike;
import io.sallyport.spark.rows.Pack;
import io.sallyport.spark.rows.RowKeeper;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealRules;
import io.sallyport.spark.turn.TimeLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;

/**
 * The internal session in which released queries run, on the thread of the question: its job tags
 * stay those of the Connect operation, so an interrupt reaches the jobs.
 */
public final class Chamber {

  private static final long HELD_ROWS = 1_000_000;

  /** Into so many parts many rows are sorted: at ten million, forty thousand in each. */
  private static final int RANGES = 256;

  /** What the driver's heap has room for beside everything else. */
  private static final ResultBound HELD =
      new ResultBound(2_000_000, Runtime.getRuntime().maxMemory() / 8);

  private static final long MOST_TAKEN = Integer.MAX_VALUE;

  private static final List<String> THRESHOLDS =
      List.of(
          SQLConf.AUTO_BROADCASTJOIN_THRESHOLD().key(),
          SQLConf.ADAPTIVE_AUTO_BROADCASTJOIN_THRESHOLD().key());

  private final SparkSession session;

  /**
   * Where no side of a join is sent to all tasks because it seems small, and rows come one by one:
   * generated code keeps all rows that a list or a join makes of one row.
   */
  private final SparkSession careful;

  private final long heldRows;
  private final ResultBound held;

  public Chamber(SparkSession session) {
    this(session, HELD_ROWS);
  }

  /**
   * A chamber in an internal session.
   *
   * @param heldRows how many rows of one result the driver may hold in memory
   */
  public Chamber(SparkSession session, long heldRows) {
    this(session, heldRows, HELD);
  }

  /** The same with bounds of statistics that are looked at on the driver. */
  Chamber(SparkSession session, long heldRows, ResultBound held) {
    this.session = session;
    this.held = held;
    this.careful = SealRules.internalSessions().open(session);
    THRESHOLDS.forEach(key -> careful.conf().set(key, "-1"));
    careful.conf().set(SQLConf.WHOLESTAGE_CODEGEN_ENABLED().key(), "false");
    ChamberConfs.set(session);
    ChamberConfs.setForWideRows(careful);
    this.heldRows = heldRows;
  }

  /**
   * Runs a plan without sealed leaves and returns all its rows, on the driver: statistics that are
   * looked at there.
   *
   * @throws TooManyCellsException when there are more than the driver's heap has room for; how many
   *     there are may depend on governed data, so nobody is told
   */
  List<InternalRow> run(LogicalPlan plan) {
    List<UnsafeRow> rows =
        runWithin(plan, held, InBatches.ALL).rows().orElseThrow(TooManyCellsException::new);
    return Collections.unmodifiableList(rows);
  }

  /**
   * Runs a plan without sealed leaves, passes its rows through a function where they are, and
   * returns what it makes of them in the order of all columns: few rows or many.
   *
   * @param each must make the same rows of the same rows whenever it is called: tasks are repeated
   * @param columns of the rows that it makes
   * @param most how many rows there may be
   * @return empty when there are more
   */
  Optional<List<UnsafeRow>> runSorted(
      LogicalPlan plan,
      FlatMapFunction<Iterator<InternalRow>, InternalRow> each,
      List<Attribute> columns,
      long most) {
    return executed(
        plan,
        rows -> {
          JavaRDD<InternalRow> made = rows.mapPartitions(each);
          RowKeeper few = gathered(made, columns, Math.min(heldRows, most));
          if (few.size() > most) {
            return Optional.empty();
          }
          if (!few.areMany()) {
            List<UnsafeRow> sorted = new ArrayList<>(few.rows());
            sorted.sort(Rows.order(columns));
            return Optional.of(sorted);
          }
          return runMany(sorted(relation(made, columns), columns), most);
        });
  }

  /**
   * Runs a plan without sealed leaves and keeps its rows, few or many, in their order.
   *
   * @return empty when there are more than allowed
   */
  Optional<List<UnsafeRow>> runMany(LogicalPlan plan, long most) {
    List<Attribute> columns = Scala.list(plan.output());
    return executed(
        plan,
        rows -> {
          RowKeeper keeper = gathered(rows, columns, most);
          return keeper.size() > most ? Optional.empty() : Optional.of(keeper.rows());
        });
  }

  /**
   * Runs a plan without sealed leaves and keeps its rows, few or many, in their order. It stops as
   * soon as there are more rows, or more bytes, than allowed; these are never all in the heap.
   */
  Gathered runWithin(LogicalPlan plan, ResultBound bound) {
    return runWithin(plan, bound, InBatches.ONE);
  }

  private Gathered runWithin(LogicalPlan plan, ResultBound bound, int batch) {
    List<Attribute> columns = Scala.list(plan.output());
    return inSession(plan, query -> within(query, columns, bound, batch));
  }

  private Gathered within(
      QueryExecution query, List<Attribute> columns, ResultBound bound, int batch) {
    RowKeeper keeper = keeper(columns.size());
    if (query.executedPlan() instanceof LocalTableScanExec table) {
      UnsafeProjection all = Rows.projection(Rows.references(columns, 0, columns.size()));
      for (InternalRow row : table.executeTake((int) Math.min(MOST_TAKEN, bound.rows() + 1L))) {
        keeper.add(Rows.project(all, row));
      }
      return bound.judge(keeper, true);
    }
    JavaRDD<InternalRow> rows = query.toRdd().toJavaRDD();
    boolean whole =
        new InBatches(packed(rows, columns, bound.rows(), bound.bytes()))
            .forEach(keeper, bound.rows(), bound.bytes(), batch);
    return bound.judge(keeper, whole);
  }

  /** Rows as they come, few or many. */
  RowKeeper keeper(int fields) {
    return new RowKeeper(session, fields, heldRows);
  }

  /** A plan's many rows in the order of all of some columns, in parts that the driver can take. */
  static LogicalPlan sorted(LogicalPlan plan, List<Attribute> columns) {
    List<SortOrder> order = Rows.ascending(columns);
    LogicalPlan inRanges =
        new RepartitionByExpression(
            Scala.<Expression>seq(order), plan, Scala.some(RANGES), Scala.none());
    return new Sort(Scala.seq(order), false, inRanges, Scala.none());
  }

  private LogicalPlan relation(JavaRDD<InternalRow> rows, List<Attribute> columns) {
    return new LogicalRDD(
        Scala.seq(columns),
        rows.rdd(),
        new UnknownPartitioning(0),
        Scala.noElements(),
        false,
        Scala.none(),
        session,
        Scala.none(),
        Scala.none());
  }

  /** Stops when there are more rows than asked for. */
  private RowKeeper gathered(JavaRDD<InternalRow> rows, List<Attribute> columns, long enough) {
    RowKeeper keeper = keeper(columns.size());
    new InBatches(packed(rows, columns, enough, Long.MAX_VALUE))
        .forEach(keeper, enough, Long.MAX_VALUE, InBatches.ONE);
    return keeper;
  }

  private static JavaRDD<byte[]> packed(
      JavaRDD<InternalRow> rows, List<Attribute> columns, long enough, long enoughBytes) {
    List<DataType> types = columns.stream().map(Attribute::dataType).toList();
    return rows.mapPartitions(new Pack(types, enough + 1, enoughBytes));
  }

  private <T> T executed(LogicalPlan plan, Function<JavaRDD<InternalRow>, T> work) {
    return inSession(plan, query -> work.apply(query.toRdd().toJavaRDD()));
  }

  private <T> T inSession(LogicalPlan plan, Function<QueryExecution, T> work) {
    LogicalPlan linear = LinearLike.in(plan);
    QueryExecution usual = inSession(session, () -> optimized(session, linear));
    SparkSession own = HeldSides.areUnknown(usual.optimizedPlan()) ? careful : session;
    return inSession(
        own,
        () -> {
          QueryExecution query = own == session ? usual : optimized(own, linear);
          HeldSides.require(query.optimizedPlan());
          return SQLExecution.withNewExecutionId(
              query, Scala.none(), Scala.function(() -> work.apply(query)));
        });
  }

  private static QueryExecution optimized(SparkSession session, LogicalPlan plan) {
    QueryExecution query = Dataset.ofRows(session, plan).queryExecution();
    LogicalPlan unused = query.optimizedPlan(); // is kept
    return query;
  }

  /** Does something with the internal session active on this thread, and puts the old one back. */
  <T> T inSession(Supplier<T> work) {
    return inSession(session, work);
  }

  private static <T> T inSession(SparkSession session, Supplier<T> work) {
    TimeLimit.require();
    SparkSession before = Scala.optional(SparkSession.getActiveSession()).orElse(null);
    SparkSession.setActiveSession(session);
    try {
      return work.get();
    } finally {
      if (before == null) {
        SparkSession.clearActiveSession();
      } else {
        SparkSession.setActiveSession(before);
      }
    }
  }
}
