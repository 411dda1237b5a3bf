package io.sallyport.policy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that begin at the same moment. */
public final class Together {
  private Together() {}

  /** What one of them does. */
  public interface Task<T> {
    /** The outcome of the thread of this number. */
    T run(int number) throws Exception;
  }

  /** What each of them yields, in the order of their numbers. Throws what the first one threw. */
  public static <T> List<T> run(int threads, Task<T> task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CountDownLatch ready = new CountDownLatch(threads);
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      running.add(
          executor.submit(
              () -> {
                ready.countDown();
                ready.await();
                return task.run(number);
              }));
    }
    executor.shutdown();
    List<T> yielded = new ArrayList<>();
    for (Future<T> each : running) {
      yielded.add(each.get());
    }
    return yielded;
  }
}
