package io.sallyport.connect.client;

import io.sallyport.connect.client.Progress.Phase;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The phases of one call, told to its progress. */
final class Phases implements AutoCloseable {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Progress progress;
  private final LongSupplier nanoTime;
  private final long began;
  private final ScheduledExecutorService ticker;
  private Phase phase = Phase.SENT;
  private boolean closed;

  Phases(Progress progress) {
    this(progress, System::nanoTime, SECOND);
  }

  Phases(Progress progress, LongSupplier nanoTime, Duration tick) {
    this.progress = progress;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "sallyport-progress");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = tick.toNanos();
    var unused = ticker.scheduleAtFixedRate(this::tell, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  synchronized void enter(Phase next) {
    phase = next;
    tell();
  }

  private synchronized void tell() {
    if (!closed) {
      progress.on(phase, Duration.ofNanos(nanoTime.getAsLong() - began));
    }
  }

  /** From here on nobody is told. */
  @Override
  public synchronized void close() {
    closed = true;
    ticker.shutdownNow();
  }
}
