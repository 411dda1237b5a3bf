package io.sallyport.connect.client;

import java.util.function.Supplier;

/** A value that is made when it is first wanted; when that fails, the next who wants it tries. */
final class Once<T> implements Supplier<T> {

  private final Supplier<T> source;
  private T value;

  private Once(Supplier<T> source) {
    this.source = source;
  }

  static <T> Supplier<T> of(Supplier<T> source) {
    return new Once<>(source);
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = source.get();
    }
    return value;
  }
}
