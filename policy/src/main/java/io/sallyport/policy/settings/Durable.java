package io.sallyport.policy.settings;

import static java.util.Objects.requireNonNull;

import io.sallyport.policy.request.ApprovalTerms;
import io.sallyport.policy.store.StoreTerms;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is set about all that outlives a query.
 *
 * @param store the database
 * @param artifactsPath the directory of results, a path of a Hadoop file system with its scheme
 * @param artifactsKeyFile the file with the key that encrypts results
 * @param approvals how long requests and results live, and how many there may be
 * @param webhook who is told of a new request; may hold a secret and is never printed
 * @param reload how often the policies are read anew; zero for never
 */
public record Durable(
    StoreTerms store,
    String artifactsPath,
    Path artifactsKeyFile,
    ApprovalTerms approvals,
    Optional<URI> webhook,
    Duration reload) {
  public Durable {
    requireNonNull(store, "store");
    requireNonNull(artifactsPath, "artifactsPath");
    requireNonNull(artifactsKeyFile, "artifactsKeyFile");
    requireNonNull(approvals, "approvals");
    requireNonNull(webhook, "webhook");
    requireNonNull(reload, "reload");
  }

  @Override
  public String toString() {
    return "Durable[%s, artifacts in %s, %s, %s, reload %s]"
        .formatted(
            store,
            artifactsPath,
            approvals,
            webhook.isPresent() ? "a webhook" : "no webhook",
            reload);
  }
}
