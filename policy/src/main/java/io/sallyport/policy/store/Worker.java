package io.sallyport.policy.store;

/**
 * A thread of the store. It takes over neither the thread-bound values nor the class loader of who
 * happened to call first, and nobody else can interrupt it.
 */
final class Worker extends Thread {
  private static final long USUAL_STACK = 0;

  Worker(Runnable work) {
    super(null, work, "sallyport-store", USUAL_STACK, false);
    setDaemon(true);
    setContextClassLoader(Store.class.getClassLoader());
  }
}
