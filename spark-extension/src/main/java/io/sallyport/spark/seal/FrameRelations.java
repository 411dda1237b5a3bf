package io.sallyport.spark.seal;

import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.catalyst.analysis.MultiInstanceRelation;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.StructType;

/** From a table's source to Spark's relation, in a session that may read it. */
public final class FrameRelations {

  private final SparkSession chamber;

  public FrameRelations(SparkSession chamber) {
    this.chamber = chamber;
  }

  /** The schema as the data have it now; may read a file's footer or header. */
  StructType schema(FrameSource source) {
    return dataset(source, Optional.empty()).schema();
  }

  /**
   * The analysed relation, with the data's files as they are listed now.
   *
   * @throws RefusedException SOURCE_NOT_ALLOWED when the data no longer have the columns that were
   *     there at start-up
   */
  public LogicalPlan relation(FrameTable table) {
    LogicalPlan relation =
        withoutName(
            dataset(table.source(), Optional.of(table.schema())).queryExecution().analyzed());
    List<Attribute> columns = Scala.list(relation.output());
    if (ColumnNames.twins(columns.stream().map(Attribute::name).toList()).isPresent()) {
      throw changed(table);
    }
    for (org.apache.spark.sql.types.StructField field : table.schema().fields()) {
      if (column(relation, field.name())
          .filter(a -> a.dataType().equals(field.dataType()))
          .isEmpty()) {
        throw changed(table);
      }
    }
    return relation instanceof MultiInstanceRelation instance ? instance.newInstance() : relation;
  }

  /**
   * The paths of the files that a table has now; empty when it has none, or they cannot be told.
   */
  public Set<String> paths(FrameTable table) {
    Set<String> paths = new TreeSet<>();
    LogicalPlan plan =
        dataset(table.source(), Optional.of(table.schema())).queryExecution().analyzed();
    for (LogicalPlan leaf : Scala.<LogicalPlan>list(plan.collectLeaves())) {
      if (leaf instanceof LogicalRelation logical
          && logical.relation() instanceof HadoopFsRelation files) {
        Scala.<Path>list(files.location().rootPaths()).forEach(root -> paths.add(root.toString()));
      }
    }
    return paths;
  }

  private static RefusedException changed(FrameTable table) {
    return RefusedException.of(
        RefusalCode.SOURCE_NOT_ALLOWED,
        "the columns of " + table.name().value() + " are not those it had at start-up",
        "a restart of the server by its operator");
  }

  private static LogicalPlan withoutName(LogicalPlan relation) {
    return relation instanceof SubqueryAlias named ? withoutName(named.child()) : relation;
  }

  /** The column of that name, as Spark resolves it: without regard to case. */
  public static Optional<Attribute> column(LogicalPlan relation, String name) {
    return Scala.<Attribute>list(relation.output()).stream()
        .filter(attribute -> attribute.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private Dataset<org.apache.spark.sql.Row> dataset(
      FrameSource source, Optional<StructType> schema) {
    return (Dataset<org.apache.spark.sql.Row>)
        source.fold(
            table -> chamber.table(table.identifier()),
            files -> {
              DataFrameReader reader =
                  chamber.read().format(files.format()).options(files.options());
              return schema.map(reader::schema).orElse(reader).load(files.path());
            });
  }
}
