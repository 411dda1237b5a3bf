package io.sallyport.spark.search;

import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.RDDScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.exchange.Exchange;
import org.apache.spark.sql.types.Decimal;

/**
 * What plain Spark answers on the raw tables, as they are or changed: a question is planned once,
 * unless its plan keeps rows from one run to the next, and then run over any number of changes.
 */
final class PlainSpark {

  private final SparkSession session;
  private final Map<String, Prepared> prepared = new LastPrepared();

  PlainSpark(SparkSession session) {
    this.session = session;
    session.conf().set("spark.sql.adaptive.enabled", "false");
    session.conf().set("spark.sql.autoBroadcastJoinThreshold", "10000");
  }

  /** The database's tables can be asked for from now on. */
  void seat(Database database) {
    database
        .tables()
        .forEach(
            (name, table) ->
                session
                    .internalCreateDataFrame(
                        new StandInRdd(session.sparkContext(), name), table.type(), false)
                    .coalesce(1)
                    .createOrReplaceTempView(name));
  }

  /** A table that is the same in all databases. */
  void seat(String name, Table table) {
    session.createDataFrame(table.external(), table.type()).createOrReplaceTempView(name);
  }

  Prepared prepare(Database database, String sql) {
    return prepared.computeIfAbsent(
        database.seed() + sql,
        text -> new Prepared(database, Dataset.ofRows(session, session.sql(sql).logicalPlan())));
  }

  /** A question that is planned. */
  final class Prepared {
    private final Database database;
    private final Dataset<?> question;
    private final SparkPlan plan;
    private final boolean keepsRows;
    private RDD<InternalRow> rdd;

    private Prepared(Database database, Dataset<?> question) {
      this.database = database;
      this.question = question;
      this.plan = question.queryExecution().executedPlan();
      this.keepsRows = plan.toString().contains("ubquery") || keepsRows(plan, false);
    }

    /** The answer on the tables as they are. */
    List<List<Object>> whole() {
      return changed(Map.of());
    }

    /** The answer without the rows of one person. */
    List<List<Object>> without(long person) {
      return changed(row -> Table.person(row) == person ? null : row);
    }

    /** The answer with every row replaced, or left out for null. */
    List<List<Object>> changed(UnaryOperator<Object[]> change) {
      Map<String, List<Object[]>> tables = new HashMap<>();
      database
          .tables()
          .forEach(
              (name, table) ->
                  tables.put(
                      name, table.rows().stream().map(change).filter(Objects::nonNull).toList()));
      return changed(tables);
    }

    /** The answer with other rows in some of the tables. */
    List<List<Object>> changed(Map<String, List<Object[]>> tables) {
      database
          .tables()
          .forEach(
              (name, table) ->
                  StandInRdd.put(
                      name,
                      tables.getOrDefault(name, table.rows()).stream()
                          .map(Table::internal)
                          .toList()));
      SparkPlan now = plan;
      if (keepsRows) {
        SparkPlan again = question.queryExecution().sparkPlan().clone();
        now = QueryExecution.prepareExecutedPlan(session, again);
      } else if (rdd == null) {
        rdd = plan.execute();
      }
      List<Attribute> columns = Scala.list(now.output());
      List<List<Object>> rows = new ArrayList<>();
      for (InternalRow row :
          keepsRows ? List.of(now.executeCollect()) : SameThread.collect(rdd, session)) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          values.add(external(row.get(i, columns.get(i).dataType())));
        }
        rows.add(values);
      }
      return rows;
    }

    List<String> columns() {
      return List.of(question.columns());
    }
  }

  /** The last few. */
  private static final class LastPrepared extends LinkedHashMap<String, Prepared> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Prepared> eldest) {
      return size() > 8;
    }
  }

  /** Whether rows of a database go through an exchange, which is kept. */
  private static boolean keepsRows(SparkPlan plan, boolean exchanged) {
    boolean here = exchanged || plan instanceof Exchange;
    return (here && plan instanceof RDDScanExec)
        || Scala.list(plan.children()).stream().anyMatch(child -> keepsRows(child, here));
  }

  private static Object external(Object value) {
    return value instanceof Decimal number
        ? number.toJavaBigDecimal()
        : value instanceof Number || value instanceof Boolean || value == null
            ? value
            : value.toString();
  }
}
