package io.sallyport.spark.weather;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.audit.AuditEntry;
import io.sallyport.policy.audit.AuditVerifier;
import io.sallyport.policy.audit.ChainBreak;
import io.sallyport.policy.audit.FileAuditLog;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestFilter;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.answer.DurableState;
import io.sallyport.spark.answer.Sweeper;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.artifact.CorruptArtifactException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Everything that a server left behind, read with the classes that wrote it, after two sweeps.
 *
 * @param requests all of them
 * @param artifacts the catalogue, by id
 * @param named the ids of all rows in the catalogue, expired or not
 * @param contents of the artifacts whose bytes are what they were
 * @param swept how many files had no row
 * @param alone the files that have none after the sweeps
 * @param audit oldest first
 * @param broken where the chain does not fit
 */
record Remains(
    List<ApprovalRequest> requests,
    Map<String, Artifact> artifacts,
    Set<String> named,
    Map<String, ArtifactContent> contents,
    int swept,
    List<String> alone,
    List<AuditEntry> audit,
    Optional<ChainBreak> broken) {
  private static final int ALL = 1_000_000;

  /** The directory must be nobody else's. */
  static Remains of(Path directory) {
    Settings settings = Settings.load(Clinic.settings(directory));
    Optional<ChainBreak> broken = AuditVerifier.verify(ClinicServer.audit(directory));
    List<AuditEntry> audit = List.of();
    if (broken.isEmpty()) {
      try (FileAuditLog log = FileAuditLog.open(ClinicServer.audit(directory))) {
        audit = log.read(ALL);
      }
    }
    try (DurableState durable =
        DurableState.open(settings, new Configuration(), Clock.systemUTC())) {
      int files = durable.files().ids().size();
      Sweeper sweeper = new Sweeper(durable);
      sweeper.sweep();
      sweeper.sweep();
      List<String> ids = durable.files().ids();
      Map<String, Artifact> artifacts = new HashMap<>();
      DoomedServer.ANALYSTS.forEach(
          name -> durable.catalogue().of(name).forEach(each -> artifacts.put(each.id(), each)));
      Set<String> named = durable.catalogue().ids();
      return new Remains(
          durable.desk().list(RequestFilter.newest(ALL)),
          artifacts,
          named,
          contents(durable, artifacts),
          files - ids.size(),
          ids.stream().filter(id -> !named.contains(id)).toList(),
          audit,
          broken);
    }
  }

  private static Map<String, ArtifactContent> contents(
      DurableState durable, Map<String, Artifact> artifacts) {
    Map<String, ArtifactContent> contents = new HashMap<>();
    artifacts.forEach(
        (id, artifact) -> {
          try {
            contents.put(id, durable.files().read(id, artifact.resultHash().orElseThrow()));
          } catch (CorruptArtifactException e) {
            // It is missed where it is looked for.
          }
        });
    return contents;
  }
}
