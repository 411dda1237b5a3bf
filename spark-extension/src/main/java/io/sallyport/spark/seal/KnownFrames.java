package io.sallyport.spark.seal;

import io.sallyport.policy.decision.Refusal;
import io.sallyport.policy.decision.RefusalCode;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameSource;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.scala.Scala;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;

/**
 * Which frame a raw relation is, so that whoever meets the seal is told by whose terms. It finds
 * words only: a relation that it does not know is refused too.
 */
public final class KnownFrames {

  private static final String ROAD = ", asked of Sallyport's Spark Connect server";
  private static final List<String> HOME = List.of("spark_catalog", "default");

  /** The frames and policies in force. */
  private record Known(List<Frame> frames, String version) {}

  private final AtomicReference<Known> known = new AtomicReference<>(new Known(List.of(), ""));

  /** From now on these frames are in force. */
  public void are(List<Frame> frames, String policyVersion) {
    known.set(new Known(List.copyOf(frames), policyVersion));
  }

  /** Why a relation is not read in a session that is not ours, and what would pass. */
  RefusedException refused(LogicalPlan leaf, Configuration hadoop) {
    Known now = known.get();
    Optional<Frame> frame = now.frames().stream().filter(f -> isOf(leaf, f, hadoop)).findFirst();
    String version =
        now.version().isEmpty() ? "no policy is in force" : "policy version " + now.version();
    return new RefusedException(
        frame
            .map(
                of ->
                    new Refusal(
                        RefusalCode.RAW_OUTPUT,
                        "Rows of frame " + of.name() + " cannot be read in this session",
                        Optional.of(
                            "frame %s, automatic = %s, %s"
                                .formatted(of.name(), of.policy().automatic().text(), version)),
                        "an aggregate that the frame's policy releases" + ROAD))
            .orElseGet(
                () ->
                    new Refusal(
                        RefusalCode.RAW_OUTPUT,
                        "A relation that no policy covers cannot be read in this session",
                        Optional.of(version),
                        "a frame that a policy names" + ROAD)));
  }

  private static boolean isOf(LogicalPlan leaf, Frame frame, Configuration hadoop) {
    if (!(leaf instanceof LogicalRelation relation)) {
      return false;
    }
    return frame
        .source()
        .fold(table -> isTable(relation, table), files -> isFiles(relation, files, hadoop));
  }

  private static boolean isTable(LogicalRelation relation, FrameSource.Table table) {
    Optional<CatalogTable> found = Scala.optional(relation.catalogTable());
    return found
        .map(t -> qualified(t.identifier().unquotedString()))
        .filter(qualified(table.identifier())::equals)
        .isPresent();
  }

  private static List<String> qualified(String identifier) {
    List<String> parts =
        Arrays.stream(identifier.split("\\.", -1))
            .map(part -> part.replace("`", "").toLowerCase(Locale.ROOT))
            .toList();
    List<String> all = new ArrayList<>(HOME.subList(0, Math.max(0, 3 - parts.size())));
    all.addAll(parts);
    return all;
  }

  private static boolean isFiles(
      LogicalRelation relation, FrameSource.Files files, Configuration hadoop) {
    if (!(relation.relation() instanceof HadoopFsRelation data)) {
      return false;
    }
    try {
      Path path = new Path(files.path());
      String frame = path.getFileSystem(hadoop).makeQualified(path).toString();
      return Scala.<Path>list(data.location().rootPaths()).stream()
          .map(Path::toString)
          .anyMatch(root -> root.equals(frame) || root.startsWith(frame + "/"));
    } catch (IOException | IllegalArgumentException e) { // a file system that is not there
      return false;
    }
  }
}
