package io.sallyport.connect.client;

import java.util.concurrent.Callable;

/** Calls of the stock client, with what they throw turned into this library's exceptions. */
final class Calls {

  private Calls() {}

  /**
   * The call's answer.
   *
   * @throws Refused when the server refuses
   * @throws RemoteFailure when there is no answer
   */
  static <T> T call(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) { // Spark's own exceptions are checked, and Scala does not declare them
      throw RefusalText.find(e)
          .<RuntimeException>map(RefusalText::exception)
          .orElseGet(() -> failure(e));
    }
  }

  private static RuntimeException failure(Exception e) {
    return e instanceof RemoteFailure known
        ? known
        : new RemoteFailure("The server did not answer: " + e.getMessage(), e);
  }
}
