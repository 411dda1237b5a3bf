package io.sallyport.policy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One open store for each backend, emptied for each test: opening takes longer than most tests. */
public final class SharedStore {
  private static final Map<Backend, Store> OPEN = new EnumMap<>(Backend.class);
  private static final List<String> TABLES =
      List.of("request_vote", "request_demand", "approval_request", "artifact", "principal_lock");

  private SharedStore() {}

  /** The store, with nothing in it. Tests must not close it. */
  public static synchronized Store empty(Backend backend) {
    Store store = OPEN.computeIfAbsent(backend, SharedStore::open);
    store.inTransaction(
        transaction -> {
          for (String table : TABLES) {
            transaction.update("DELETE FROM " + table);
          }
          return TABLES;
        });
    return store;
  }

  private static Store open(Backend backend) {
    try {
      Path folder = Files.createTempDirectory("sallyport-store");
      folder.toFile().deleteOnExit();
      Store store = Store.open(backend.newDatabase(folder));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(store, folder)));
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Store store, Path folder) {
    store.close();
    for (String file : List.of("store.mv.db", "store.trace.db")) {
      folder.resolve(file).toFile().delete();
    }
  }
}
