package io.sallyport.dp.engine;

import io.sallyport.dp.Require;
import java.util.List;
import java.util.ServiceLoader;

/** Names an engine and opens it; found by {@link ServiceLoader}. Implementations are stateless. */
public interface EngineProvider {
  /** The engine used unless another one is named. */
  String DEFAULT = "exact";

  /** Lower case, unique. */
  String name();

  /** A new engine for one release, with fresh entropy. */
  Engine open();

  /**
   * The provider of this name.
   *
   * @throws IllegalArgumentException if the class path has none; there is no fall-back
   */
  static EngineProvider named(String name) {
    List<EngineProvider> found =
        ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals(name))
            .toList();
    Require.that(found.size() == 1, "exactly one engine must have this name", name);
    return found.get(0);
  }
}
