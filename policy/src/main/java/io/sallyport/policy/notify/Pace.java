package io.sallyport.policy.notify;

import java.time.Duration;

/**
 * How patient a webhook is.
 *
 * @param waiting how many messages may wait; one more drops the oldest
 * @param tries how often a message is sent before it is given up
 * @param timeout how long one try may take, from connecting to the last byte of the answer
 * @param pause how long to wait after the first failure; four times as long after each further one
 * @param drain how long {@code close} waits for what is still waiting
 */
record Pace(int waiting, int tries, Duration timeout, Duration pause, Duration drain) {

  static Pace usual() {
    return new Pace(1000, 3, Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  Duration pauseAfter(int failures) {
    return pause.multipliedBy(1L << (2 * (failures - 1)));
  }
}
