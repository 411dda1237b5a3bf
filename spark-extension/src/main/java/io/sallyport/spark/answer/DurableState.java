package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.audit.StoreUnavailableException;
import io.sallyport.policy.files.PrivateFiles;
import io.sallyport.policy.ledger.BudgetLedger;
import io.sallyport.policy.notify.RequestNotifier;
import io.sallyport.policy.notify.Webhook;
import io.sallyport.policy.request.ApprovalDesk;
import io.sallyport.policy.request.DeskException;
import io.sallyport.policy.request.PlainResultHashes;
import io.sallyport.policy.settings.Durable;
import io.sallyport.policy.settings.Settings;
import io.sallyport.policy.store.Store;
import io.sallyport.spark.artifact.ArtifactFiles;
import io.sallyport.spark.artifact.ArtifactKey;
import io.sallyport.spark.rows.ResultDigest;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What outlives the server: requests, budgets, artifacts' catalogue and bytes; and who is told of
 * requests.
 */
public record DurableState(
    Store store,
    ApprovalDesk desk,
    BudgetLedger ledger,
    ArtifactCatalogue catalogue,
    ArtifactFiles files,
    RequestNotifier notifier,
    Clock clock)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DurableState.class);

  /**
   * Opens the store and the artifacts' directory.
   *
   * @throws RuntimeException saying what is wrong with either
   */
  public static DurableState open(Settings settings, Configuration hadoop, Clock clock) {
    Durable terms = settings.durable();
    makePrivate(settings);
    ArtifactKey key = ArtifactKey.loadOrMake(terms.artifactsKeyFile());
    ArtifactFiles files = new ArtifactFiles(terms.artifactsPath(), hadoop, key);
    Store store = Store.open(terms.store());
    nameResults(store, files);
    RequestNotifier notifier =
        terms.webhook().<RequestNotifier>map(Webhook::new).orElseGet(RequestNotifier::nobody);
    return new DurableState(
        store,
        new ApprovalDesk(store, clock, terms.approvals()),
        new BudgetLedger(store, clock),
        new ArtifactCatalogue(store, clock, terms.approvals()),
        files,
        notifier,
        clock);
  }

  private static void makePrivate(Settings settings) {
    try {
      PrivateFiles.folder(settings.store());
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "The store " + settings.store() + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static void nameResults(Store store, ArtifactFiles files) {
    try {
      PlainResultHashes.rename(store, hash -> files.names().of(ResultDigest.written(hash)));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Does something at the desk.
   *
   * @throws io.sallyport.spark.RefusedException when the desk does not do it, or cannot be reached
   */
  <T> T at(Supplier<T> work) {
    try {
      return work.get();
    } catch (DeskException e) {
      throw Refusals.of(e);
    } catch (StoreUnavailableException e) {
      LOG.error("The store does not answer: {}", e.getMessage());
      throw Refusals.storeUnavailable(e);
    }
  }

  /**
   * Makes sure that the store answers: nothing governed is released while requests and decisions
   * cannot be looked at.
   *
   * @throws io.sallyport.spark.RefusedException STORE_UNAVAILABLE
   */
  void requireReachable() {
    at(() -> store.inTransaction(transaction -> transaction.query(row -> true, "SELECT 1")));
  }

  /** Why the store does not answer at the moment, in words for operators; empty when it does. */
  public Optional<String> problem() {
    try {
      boolean unused =
          store.inTransaction(transaction -> transaction.query(row -> true, "SELECT 1").isEmpty());
      return Optional.empty();
    } catch (StoreUnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    notifier.close();
    store.close();
  }
}
