package io.sallyport.spark.release;

import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.PinnedConfs;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.seal.FrameCatalog;
import io.sallyport.spark.seal.FrameRelations;
import io.sallyport.spark.seal.FrameTable;
import io.sallyport.spark.seal.LoadFrames;
import io.sallyport.spark.seal.SealRules;
import io.sallyport.spark.seal.SealTest;
import io.sallyport.spark.seal.SystemTables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What exists once the self-test has passed: the frames and the chamber.
 *
 * @param policies the terms in force
 * @param frames the tables that exist for analysts
 * @param systemTables our own tables
 * @param release how admitted and judged plans are run
 * @param paths where each governed frame's files are
 */
public record OpenedPort(
    PolicySet policies,
    FrameCatalog frames,
    SystemTables systemTables,
    ReleasePlan release,
    Map<FrameName, Set<String>> paths) {

  /**
   * Opens the chamber in the family of a session.
   *
   * @throws IllegalStateException saying what is missing or broken
   */
  public static OpenedPort open(SparkSession family, Settings settings, AuditLog audit) {
    try {
      PinnedConfs.verify(family.newSession());
    } catch (RefusedException e) {
      throw new IllegalStateException("Sallyport does not start: " + e.refusal().subject(), e);
    }
    SealTest.requireSealed(family.newSession());
    SparkSession internal = SealRules.internalSessions().open(family);
    FrameRelations relations = new FrameRelations(internal);
    FrameCatalog frames = LoadFrames.load(settings.policies(), relations);
    SealRules.frames()
        .are(List.copyOf(settings.policies().frames()), settings.policies().version());
    Chamber chamber = new Chamber(internal, settings.limits().heldRows());
    ReleasePlan release =
        new ReleasePlan(
            chamber,
            new FrameTotals(chamber),
            new UniqueUnits(chamber),
            relations,
            settings.policies(),
            new ResultBound(settings.limits().resultRows(), settings.limits().resultBytes()));
    return new OpenedPort(
        settings.policies(),
        frames,
        new SystemTables(frames, settings.policies(), audit),
        release,
        paths(frames, relations));
  }

  private static Map<FrameName, Set<String>> paths(FrameCatalog frames, FrameRelations relations) {
    Map<FrameName, Set<String>> paths = new TreeMap<>();
    frames.tables().stream()
        .filter(FrameTable::isGoverned)
        .forEach(table -> paths.put(table.name(), relations.paths(table)));
    return paths;
  }
}
