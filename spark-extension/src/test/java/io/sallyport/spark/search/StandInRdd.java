package io.sallyport.spark.search;

import io.sallyport.spark.scala.Scala;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.reflect.ClassTag$;

/**
 * What stands in the place of a table when it is read: a query is planned once and run over many
 * databases. For a local Spark only.
 */
final class StandInRdd extends RDD<InternalRow> {

  private static final long serialVersionUID = 1L;
  private static final Map<String, List<InternalRow>> TABLES = new ConcurrentHashMap<>();

  private final String table;

  StandInRdd(SparkContext context, String table) {
    super(context, Scala.noElements(), ClassTag$.MODULE$.apply(InternalRow.class));
    this.table = table;
  }

  static void put(String table, List<InternalRow> rows) {
    TABLES.put(table, rows);
  }

  @Override
  public Partition[] getPartitions() {
    return new Partition[] {new Whole()};
  }

  @Override
  public scala.collection.Iterator<InternalRow> compute(Partition split, TaskContext context) {
    Iterator<InternalRow> rows = TABLES.get(table).iterator();
    return Scala.iterator(rows);
  }

  private static final class Whole implements Partition {
    private static final long serialVersionUID = 1L;

    @Override
    public int index() {
      return 0;
    }
  }
}
