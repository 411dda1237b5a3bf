package io.sallyport.dp.engine;

import io.sallyport.dp.sampling.EntropySource;

/** Opens {@link ExactEngine} on entropy keyed freshly for each release. Stateless. */
public final class ExactEngineProvider implements EngineProvider {

  @Override
  public String name() {
    return DEFAULT;
  }

  @Override
  public Engine open() {
    return new ExactEngine(EntropySource.fresh());
  }
}
