package io.sallyport.policy.store;

import java.nio.file.Path;
import java.util.Optional;

/** The databases that every test of what is stored runs on. */
public enum Backend {
  H2 {
    @Override
    public StoreTerms newDatabase(Path folder) {
      return new StoreTerms(
          "jdbc:h2:file:" + folder.resolve("store"), Optional.empty(), Optional.empty());
    }
  },
  POSTGRESQL {
    @Override
    public StoreTerms newDatabase(Path folder) {
      return PostgresServer.shared().newDatabase();
    }
  };

  /** The terms of a new, empty database; the folder is the test's own. */
  public abstract StoreTerms newDatabase(Path folder);
}
