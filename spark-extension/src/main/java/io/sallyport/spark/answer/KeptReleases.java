package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.Artifact;
import io.sallyport.policy.artifact.ArtifactKind;
import io.sallyport.policy.request.QuestionKey;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.noise.FinerRelease;
import io.sallyport.spark.release.CoarserAnswers;
import io.sallyport.spark.release.NoisePlan;
import io.sallyport.spark.release.RecordedReleases;
import io.sallyport.spark.release.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The noisy releases of one principal on one state of the data: each is kept under the hash of what
 * was released, and is shown again to the same principal, under the same terms, for the same data.
 * So are coarser questions that it answers as well as a new release would ({@link CoarserAnswers}).
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
  public Optional<List<UnsafeRow>> find(NoisePlan.Part part) {
    return find(part.hash()).or(() -> regrouped(part));
  }

  private Optional<List<UnsafeRow>> regrouped(NoisePlan.Part part) {
    if (!CoarserAnswers.mayAnswer(part)) {
      return Optional.empty();
    }
    Optional<List<UnsafeRow>> rows =
        listed(part)
            .flatMap(finer -> CoarserAnswers.of(part, finer).stream())
            .flatMap(
                regrouping ->
                    find(regrouping.finer().hash())
                        .map(recorded -> CoarserAnswers.rows(part, regrouping, recorded))
                        .stream())
            .findFirst();
    rows.ifPresent(coarser -> found.put(part.hash(), coarser));
    return rows;
  }

  private Stream<FinerRelease> listed(NoisePlan.Part part) {
    return find(CoarserAnswers.input(part)).stream()
        .flatMap(rows -> CoarserAnswers.listed(rows).stream());
  }

  private Optional<List<UnsafeRow>> find(String hash) {
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
      keep(part.hash(), released);
      CoarserAnswers.finer(part)
          .ifPresent(
              finer ->
                  keep(
                      CoarserAnswers.input(part),
                      CoarserAnswers.listed(listed(part).toList(), finer)));
    } catch (RefusedException e) {
      // It was charged, so it is shown; only asking again will cost again.
      LOG.warn("A noisy release is not kept: {}", e.getMessage());
    }
  }

  private void keep(String hash, Result result) {
    Artifact artifact = stored.write(inquiry, key(hash), ArtifactKind.RELEASED, result, List.of());
    durable.at(
        () -> {
          durable.catalogue().add(artifact);
          return artifact;
        });
    found.remove(hash);
  }

  private QuestionKey key(String hash) {
    QuestionKey whole = inquiry.key();
    return new QuestionKey(whole.principal(), hash, whole.termsVersion(), whole.dataVersion());
  }
}
