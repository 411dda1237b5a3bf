package io.sallyport.connect.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only while somebody sleeps. */
final class ManualTime extends Clock {

  private Instant now = Instant.EPOCH;
  private final List<Duration> pauses = new ArrayList<>();

  Patience patience() {
    return new Patience(
        this,
        pause -> {
          pauses.add(pause);
          now = now.plus(pause);
        });
  }

  List<Duration> pauses() {
    return pauses;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
