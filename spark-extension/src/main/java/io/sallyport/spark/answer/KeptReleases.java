package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.release.NoisePlan;
import io.sallyport.spark.release.RecordedReleases;
import io.sallyport.spark.release.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The noisy releases of one principal on one state of the data: each is kept under the hash of what
 * was released, and is shown again to the same principal, under the same terms, for the same data.
 *
 * <p>Where the state of the data cannot be told, nothing is kept: every question is a new one.
 */
final class KeptReleases implements RecordedReleases {

  private static final Logger LOG = LoggerFactory.getLogger(KeptReleases.class);

  private final DurableState durable;
  private final Stored stored;
  private final Inquiry inquiry;
  private final Map<String, List<UnsafeRow>> found = new HashMap<>();

  KeptReleases(DurableState durable, Inquiry inquiry) {
    this.durable = durable;
    this.stored = new Stored(durable);
    this.inquiry = inquiry;
  }

  @Override
  public Optional<List<UnsafeRow>> find(String hash) {
    if (inquiry.key().dataVersion().isEmpty()) {
      return Optional.empty();
    }
    if (!found.containsKey(hash)) {
      durable
          .at(() -> durable.catalogue().released(key(hash)))
          .flatMap(this::read)
          .ifPresent(rows -> found.put(hash, rows));
    }
    return Optional.ofNullable(found.get(hash));
  }

  /**
   * A kept release that cannot be read any more is as if it had never been: it is paid for anew.
   */
  private Optional<List<UnsafeRow>> read(Artifact artifact) {
    try {
      ArtifactContent content =
          stored.read(inquiry, artifact.id(), artifact.resultHash().orElseThrow());
      return Optional.of(content.rows());
    } catch (RefusedException e) {
      LOG.warn("The noisy release {} cannot be shown again: {}", artifact.id(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void keep(NoisePlan.Part part, Result released) {
    if (inquiry.key().dataVersion().isEmpty()) {
      return;
    }
    try {
      Artifact artifact =
          stored.write(inquiry, key(part.hash()), ArtifactKind.RELEASED, released, List.of());
      durable.at(
          () -> {
            durable.catalogue().add(artifact);
            return artifact;
          });
    } catch (RefusedException e) {
      // It was charged, so it is shown; only asking again will cost again.
      LOG.warn("A noisy release is not kept: {}", e.getMessage());
    }
  }

  private QuestionKey key(String hash) {
    QuestionKey whole = inquiry.key();
    return new QuestionKey(whole.principal(), hash, whole.termsVersion(), whole.dataVersion());
  }
}
