package io.sallyport.connect.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits keeps what it was sent: few do. */
class WaitingStrangersTest {

  private final WaitingStrangers waiting = new WaitingStrangers();

  @Test
  void ofOneAddress_fourWait_untilOneHasItsAnswer() {
    assertThat(entered(List.of("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.1"))).isEqualTo(4);
    assertThat(waiting.enter("10.0.0.1")).isFalse();
    assertThat(waiting.enter("10.0.0.2")).isTrue();
    waiting.leave("10.0.0.1");

    assertThat(waiting.enter("10.0.0.1")).isTrue();
  }

  @Test
  void ofAll_thirtyTwoWait() {
    assertThat(entered(IntStream.range(0, 500).mapToObj(i -> "10.0.0." + i).toList()))
        .isEqualTo(32);
  }

  private long entered(List<String> addresses) {
    return addresses.stream().filter(waiting::enter).count();
  }
}
