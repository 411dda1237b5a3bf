package io.sallyport.dp.engine;

import io.sallyport.dp.engine.Engine.Aggregation;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;

/** An aggregation that can be released once. Not thread-safe. */
public final class OneShot implements Aggregation {
  private final DoubleConsumer add;
  private final DoubleSupplier release;
  private boolean released;

  /** {@code add} is not called for NaN. */
  public OneShot(DoubleConsumer add, DoubleSupplier release) {
    this.add = add;
    this.release = release;
  }

  @Override
  public void add(double value) {
    requireUnreleased();
    if (!Double.isNaN(value)) {
      add.accept(value);
    }
  }

  @Override
  public double release() {
    requireUnreleased();
    released = true;
    return release.getAsDouble();
  }

  private void requireUnreleased() {
    if (released) {
      throw new IllegalStateException(
          "An aggregation is released once; a second draw is a new charge");
    }
  }
}
