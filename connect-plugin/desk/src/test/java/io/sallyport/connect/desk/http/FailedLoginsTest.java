package io.sallyport.connect.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever has many addresses gains nothing by it. */
final class FailedLoginsTest {
  private final FailedLogins failures =
      new FailedLogins(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Test
  void addressesOfOneNetwork_areOne() throws UnknownHostException {
    Duration wait = Duration.ZERO;
    for (int i = 1; i <= 5; i++) {
      wait = failures.failed(InetAddress.getByName("2001:db8:1:2::" + i));
    }
    assertThat(wait).isEqualTo(Duration.ofMillis(400));
    assertThat(failures.failed(InetAddress.getByName("2001:db8:1:3::1"))).isZero();
    assertThat(failures.failed(InetAddress.getByName("192.0.2.1"))).isZero();
    assertThat(FailedLogins.network(InetAddress.getByName("2001:db8:1:2:3:4:5:6")))
        .isEqualTo("2001:db8:1:2::/64");
  }

  @Test
  void manyAddresses_doNotFillTheRecord() throws UnknownHostException {
    List<String> record = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      InetAddress address = InetAddress.getByName("10.0." + i / 250 + "." + i % 250);
      failures.toRecord("the desk turned away a token of nobody", address).ifPresent(record::add);
    }
    assertThat(record).hasSizeLessThan(120);
    assertThat(record.get(0)).isEqualTo("the desk turned away a token of nobody, from 10.0.0.0");
    assertThat(record.get(record.size() - 1)).contains("further addresses, 4096 times");
  }
}
