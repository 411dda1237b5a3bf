package io.sallyport.spark.release;

import io.sallyport.spark.scala.Scala;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;

/** Which state of the data a relation reads, where that can be told without reading them. */
final class DataVersion {

  private DataVersion() {}

  /** A hash over the relation's files, their lengths and times; empty for other relations. */
  static Optional<String> of(LogicalPlan relation) {
    if (relation instanceof LogicalRelation logical
        && logical.relation() instanceof HadoopFsRelation files
        && files.location() instanceof PartitioningAwareFileIndex index) {
      StringBuilder listing = new StringBuilder();
      Scala.<FileStatus>list(index.allFiles()).stream()
          .map(f -> f.getPath() + " " + f.getLen() + " " + f.getModificationTime())
          .sorted()
          .forEach(line -> listing.append(line).append('\n'));
      return Optional.of(Hashes.sha256(listing.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return Optional.empty();
  }
}
