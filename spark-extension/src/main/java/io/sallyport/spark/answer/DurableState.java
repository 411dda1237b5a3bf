package io.sallyport.spark.answer;

import io.sallyport.policy.artifact.ArtifactCatalogue;
import io.sallyport.policy.audit.StoreUnavailableException;
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
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

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

  /**
   * Opens the store and the artifacts' directory.
   *
   * @throws RuntimeException saying what is wrong with either
   */
  public static DurableState open(Settings settings, Configuration hadoop, Clock clock) {
    Durable terms = settings.durable();
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
      throw Refusals.storeUnavailable();
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

  @Override
  public void close() {
    notifier.close();
    store.close();
  }
}
