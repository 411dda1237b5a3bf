package io.sallyport.dp.google;

import io.sallyport.dp.engine.Engine;
import io.sallyport.dp.engine.EngineProvider;

/** Opens {@link GoogleEngine}. Stateless. */
public final class GoogleEngineProvider implements EngineProvider {
  /** The name by which this engine is chosen. */
  public static final String NAME = "google";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Engine open() {
    return new GoogleEngine();
  }
}
